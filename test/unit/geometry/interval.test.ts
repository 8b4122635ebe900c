import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bootstrapInterval, differenceInterval } from '../../../src/geometry/bootstrapInterval';
import { histogram, spread } from '../../../src/geometry/histogram';
import { leaveOneOut } from '../../../src/geometry/leaveOneOut';
import { matrix } from '../../../src/geometry/matrix';
import { outliers } from '../../../src/geometry/outliers';
import { meanOfDefined } from '../../../src/geometry/parallelism';
import { quantile, upperQuantile } from '../../../src/geometry/quantile';
import { randomSource, type RandomSource } from '../../../src/geometry/random';
import { near } from '../support/plainMath';

/** Differences of a direction of this length and noise of length 1. */
function noisy(pairs: number, hidden: number, strength: number, random: RandomSource) {
  const data = Float64Array.from(
    { length: pairs * hidden },
    (_, i) => random.gaussian() / Math.sqrt(hidden) + (i % hidden === 0 ? strength : 0),
  );
  return leaveOneOut(matrix(pairs, hidden, data));
}

describe('bootstrap interval', () => {
  for (const [pairs, hidden, strength, least, most] of [
    [8, 50, 0.5, 0.89, 0.97],
    [16, 50, 1, 0.9, 0.97],
    [40, 100, 0.3, 0.92, 0.98],
    [40, 50, 1.5, 0.91, 0.97],
    // Without a concept the influences include chance twice: the interval is too wide, never too narrow.
    [16, 50, 0, 0.95, 1],
  ] as const) {
    it(`covers the expected mean of ${pairs} pairs at strength ${strength} in about 95 %`, () => {
      const random = randomSource(11);
      const runs = Array.from({ length: 600 }, () => noisy(pairs, hidden, strength, random));
      const means = runs.map(({ cosines }) => meanOfDefined(cosines)!);
      const truth = means.reduce((a, b) => a + b, 0) / means.length;
      const held = runs.filter(({ influences }) => {
        const { low, high } = bootstrapInterval(influences, { resamples: 300, random })!;
        return low <= truth && truth <= high;
      }).length;
      assert.ok(held / 600 > least && held / 600 < most, `${held / 600}`);
    });
  }

  it('is around the mean, wider for a higher level, and reproducible from the seed', () => {
    const { influences, cosines } = noisy(20, 30, 0.7, randomSource(1));
    const at = (level: number) =>
      bootstrapInterval(influences, { resamples: 1000, level, random: randomSource(2) })!;
    const [narrow, wide] = [at(0.5), at(0.99)];
    const mean = meanOfDefined(cosines)!;
    assert.ok(wide.low < narrow.low && narrow.low < mean && mean < narrow.high && narrow.high < wide.high);
    assert.deepEqual(at(0.5), narrow);
    assert.deepEqual([wide.level, wide.resamples], [0.99, 1000]);
    const usual = bootstrapInterval(influences, { resamples: 10, random: randomSource(2) })!;
    assert.equal(usual.level, 0.95);
  });

  it('stays within −1 to 1, skips undefined cosines, and is undefined for fewer than three', () => {
    const random = randomSource(3);
    const beyond = bootstrapInterval(Float64Array.of(1.5, 1.2, -4), { resamples: 500, random })!;
    assert.deepEqual([beyond.low, beyond.high], [-1, 1]);
    const same = bootstrapInterval(Float64Array.of(0.5, NaN, 0.5, 0.5), { resamples: 50, random })!;
    assert.deepEqual([same.low, same.high], [0.5, 0.5]);
    assert.equal(bootstrapInterval(Float64Array.of(0.5, NaN, 0.4), { resamples: 50, random }), null);
    assert.equal(bootstrapInterval(Float64Array.of(0.5, 0.3, 0.4), { resamples: 0, random }), null);
  });
});

describe('interval of a difference', () => {
  /** The same pairs in two models: the deviation of a pair is partly the same in both. */
  function twoModels(pairs: number, strengths: readonly [number, number], random: RandomSource) {
    const hidden = 40;
    const noise = Float64Array.from({ length: pairs * hidden }, () => random.gaussian() / Math.sqrt(hidden));
    // Pairs of different strength, the same in both.
    const strong = Float64Array.from({ length: pairs }, () => 0.3 + 1.4 * random.uniform());
    return strengths.map((strength) => {
      const data = noise.map(
        (value, at) =>
          0.9 * value +
          (0.4 * random.gaussian()) / Math.sqrt(hidden) +
          (at % hidden === 0 ? strength * strong[Math.floor(at / hidden)]! : 0),
      );
      return leaveOneOut(matrix(pairs, hidden, data));
    }) as [ReturnType<typeof leaveOneOut>, ReturnType<typeof leaveOneOut>];
  }

  for (const [pairs, strengths, least, most] of [
    [12, [0.6, 0.9], 0.89, 0.98],
    [30, [1, 0.5], 0.91, 0.98],
    [20, [0.8, 0.8], 0.9, 0.98],
  ] as const) {
    it(`covers the expected difference of ${pairs} pairs at strengths ${strengths.join(' and ')} in about 95 %`, () => {
      const random = randomSource(21);
      const runs = Array.from({ length: 500 }, () => twoModels(pairs, strengths, random));
      const differences = runs.map(([a, b]) => meanOfDefined(b.cosines)! - meanOfDefined(a.cosines)!);
      const truth = differences.reduce((sum, value) => sum + value, 0) / differences.length;
      let [held, paired, apart] = [0, 0, 0];
      for (const [a, b] of runs) {
        const { low, high } = differenceInterval(a.influences, b.influences, { resamples: 300, random })!;
        if (low <= truth && truth <= high) held++;
        paired += high - low;
        const [one, other] = [a, b].map(({ influences }) =>
          bootstrapInterval(influences, { resamples: 300, random })!,
        );
        apart += Math.hypot(one!.high - one!.low, other!.high - other!.low);
      }
      assert.ok(held / 500 > least && held / 500 < most, `${held / 500}`);
      assert.ok(paired < 0.9 * apart, `${paired} and ${apart}`);
    });
  }

  it('uses the pairs that both have, and may reach from −2 to 2', () => {
    const random = randomSource(4);
    const options = { resamples: 200, random };
    const low = Float64Array.of(-1, -1, NaN, -1, -1);
    const high = Float64Array.of(1, 1, 1, NaN, 1);
    const { low: least, high: most } = differenceInterval(low, high, options)!;
    assert.deepEqual([least, most], [2, 2]);
    assert.equal(differenceInterval(low, Float64Array.of(NaN, 1, 1, NaN, 1), options), null);
  });
});

describe('outliers', () => {
  it('are found by the modified z-score', () => {
    // Median 0.5, median deviation 0.1: the limit is 0.5 ± 3.5·0.1/0.6745 = 0.5 ± 0.519.
    const rest = [0.3, 0.4, 0.4, 0.5, 0.5, 0.6, 0.6, 0.7];
    assert.deepEqual(outliers(Float64Array.of(...rest, -0.02, 0.5)), [8]);
    assert.deepEqual(outliers(Float64Array.of(...rest, -0.01, 0.5)), []);
    assert.deepEqual(outliers(Float64Array.of(1.1, NaN, ...rest, -0.5)), [0, 10]);
  });

  it('are found by the mean deviation if most values are equal', () => {
    const values = new Float64Array(20).fill(0.5);
    assert.deepEqual(outliers(values), []);
    values[3] = 0.1;
    assert.deepEqual(outliers(values), [3]);
  });

  it('do not exist among fewer than five values', () => {
    assert.deepEqual(outliers(Float64Array.of(0, 0, 0, 9)), []);
    assert.deepEqual(outliers(Float64Array.of(0, 0, NaN, 0, 9)), []);
    assert.deepEqual(outliers(new Float64Array(0)), []);
  });
});

describe('histogram', () => {
  it('counts in equal bins, with both ends included and values beyond in the outermost', () => {
    const found = histogram(Float64Array.of(-9, -1, -0.5, 0, 0.25, 0.5, 1, NaN, Infinity), -1, 1, 4);
    assert.deepEqual(found, { from: -1, to: 1, counts: Float64Array.of(2, 1, 2, 3) });
    assert.deepEqual([...histogram(new Float32Array(0), 0, 1, 2).counts], [0, 0]);
  });

  it('covers the range of nearly all values, symmetric around zero', () => {
    const random = randomSource(1);
    const values = Float32Array.from({ length: 20_000 }, () => 0.1 + 2 * random.gaussian());
    const found = spread(values, 40);
    near(found.mean, 0.1, 0.05);
    near(found.sd, 2, 0.05);
    const inside = values.filter((value) => Math.abs(value) <= found.histogram.to).length;
    near(inside / values.length, 0.999, 1e-4);
    assert.equal(found.histogram.from, -found.histogram.to);
    assert.equal(found.histogram.counts.length, 40);
    assert.equal(
      found.histogram.counts.reduce((a, b) => a + b, 0),
      20_000,
    );
  });

  it('reaches at least as far as requested, and covers its values', () => {
    const values = Float64Array.of(-1, 1, NaN, 3);
    assert.equal(spread(values, 10, 8).histogram.to, 8);
    assert.ok(spread(values, 10, 2).histogram.to > 2.9);
    near(spread(values).mean, 1);
    near(spread(values).sd, 2);
    assert.equal(spread(values).histogram.counts.length, 60);
  });

  it('handles zeros and empty input', () => {
    const zeros = spread(new Float32Array(5), 4);
    assert.deepEqual(zeros, {
      mean: 0,
      sd: 0,
      histogram: { from: -1, to: 1, counts: Float64Array.of(0, 0, 5, 0) },
    });
    const none = spread(Float64Array.of(NaN));
    assert.ok(Number.isNaN(none.mean) && Number.isNaN(none.sd));
    assert.equal(spread(Float64Array.of(3)).sd, 0);
  });
});

describe('an upper quantile', () => {
  const sorted = (values: Float64Array): Float64Array => values.map(Math.abs).sort();

  it('is the quantile of all absolute values', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, min: -1e6, max: 1e6 }),
      fc.integer({ min: -3, max: 3 }),
      fc.constantFrom(0, 1e-300, 5),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 400 }),
        fc.double({ noNaN: true, min: 0, max: 1 }),
        (list, share) => {
          const values = Float64Array.from(list);
          const before = values.slice();
          near(upperQuantile(values, share), quantile(sorted(values), share), 0);
          assert.deepEqual(values, before);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is correct for a hundred thousand normal numbers, for zeros, and for one value', () => {
    const random = randomSource(4);
    const values = Float64Array.from({ length: 100_000 }, () => random.gaussian());
    for (const share of [0.5, 0.95, 0.999, 1])
      assert.equal(upperQuantile(values, share), quantile(sorted(values), share));
    assert.equal(upperQuantile(new Float64Array(9), 0.999), 0);
    assert.equal(upperQuantile(Float64Array.of(-2), 0.999), 2);
    assert.ok(Number.isNaN(upperQuantile(new Float64Array(0), 0.999)));
  });
});
