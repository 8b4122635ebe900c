import assert from 'node:assert/strict';
import { gramOf } from '../../../src/geometry/gram';
import { matrix, row, type Matrix } from '../../../src/geometry/matrix';
import { pairwiseCosine } from '../../../src/geometry/parallelism';
import { randomSource, type RandomSource } from '../../../src/geometry/random';
import { randomControl } from '../../../src/geometry/randomControl';
import { randomDirections } from '../../../src/geometry/randomDirections';
import { norm } from '../../../src/geometry/vector';
import { chanceOfChains } from './chanceOfChains';
import { distanceFromUniform, matrixOf, near, plainDot, plainUnit } from '../support/plainMath';

const hidden = 64;

/** Words whose coordinates have different scales, around a common mean. */
function words(count: number, random: RandomSource): Matrix {
  const data = Float32Array.from({ length: count * hidden }, (_, i) => {
    const j = i % hidden;
    return 3 + random.gaussian() / (1 + j / 20);
  });
  return matrix(count, hidden, data);
}

/** Directions of concepts of newly drawn random words. */
function nothings(sizes: readonly number[], random: RandomSource): Matrix {
  return matrixOf(
    sizes.map((size) => {
      const rows = words(2 * size, random);
      return plainUnit(
        Array.from({ length: hidden }, (_, j) => {
          let sum = 0;
          for (let i = 0; i < size; i++) sum += row(rows, 2 * i)[j]! - row(rows, 2 * i + 1)[j]!;
          return sum;
        }),
      );
    }),
  );
}

describe('random directions', () => {
  it('are unit vectors, reproducible from the seed, and independent of other sizes', () => {
    const rows = words(50, randomSource(1));
    const make = (sizes: readonly number[]) =>
      randomDirections(rows, sizes, { count: 4, random: (chain) => randomSource(2, chain) });
    const found = make([7, 2, 7]);
    assert.deepEqual([found.rows, found.columns], [12, hidden]);
    for (let i = 0; i < 12; i++) near(norm(row(found, i)), 1, 1e-6);
    assert.deepEqual(row(found, 0), row(found, 8));
    assert.notDeepEqual(row(found, 0), row(found, 4));
    assert.deepEqual(make([7, 2, 7]), found);
    assert.deepEqual(make([2, 7]).data.subarray(0, 4 * hidden), found.data.subarray(4 * hidden, 8 * hidden));
  });

  it('limit sizes to the largest', () => {
    const rows = words(50, randomSource(1));
    const found = randomDirections(rows, [5, 900], {
      count: 3,
      random: (chain) => randomSource(2, chain),
      largestSize: 5,
    });
    assert.deepEqual(found.data.subarray(0, 3 * hidden), found.data.subarray(3 * hidden));
  });

  it('from even and odd chains share no word', () => {
    const axes = matrixOf(
      Array.from({ length: 30 }, (_, i) => Array.from({ length: 30 }, (__, j) => (i === j ? 1 : 0))),
    );
    const found = randomDirections(axes, [10], { count: 8, random: (chain) => randomSource(1, chain) });
    for (let i = 0; i < 8; i++) {
      for (let j = 1 - (i % 2); j < 8; j += 2) {
        assert.equal(plainDot([...row(found, i)], [...row(found, j)]), 0);
      }
    }
  });

  it('do not exist for too few words, and chance is undefined then', () => {
    const found = randomDirections(words(3, randomSource(1)), [2], {
      count: 4,
      random: (chain) => randomSource(2, chain),
    });
    assert.ok(found.data.every((value) => value === 0));
    const chance = chanceOfChains(
      gramOf(found),
      [2],
      4,
      [2, 2],
      matrixOf([
        [1, 0.5],
        [0.5, 1],
      ]),
    );
    for (const part of [chance.p, chance.q, chance.quantile95]) assert.ok(part.data.every(Number.isNaN));
  });
});

describe('the chance of directions', () => {
  it('counts the random cosines that are at least as large', () => {
    // Sizes 1 and 2, two chains each: even chains are rows 0 and 2, odd ones rows 1 and 3.
    const gram = matrixOf([
      [1, 0.3, 0, -0.4],
      [0.3, 1, 0.2, 0],
      [0, 0.2, 1, 0.1],
      [-0.4, 0, 0.1, 1],
    ]);
    const observed = matrixOf([
      [1, 0.4, -0.5],
      [0.4, 1, NaN],
      [-0.5, NaN, 1],
    ]);
    const found = chanceOfChains(gram, [1, 2], 2, [1, 2, 1], observed);
    // One null value each: |−0.4| for sizes 1 and 2, 0.3 for 1 and 1.
    assert.deepEqual([...found.p.data], [NaN, 1, 0.5, 1, NaN, NaN, 0.5, NaN, NaN]);
    assert.deepEqual([...found.q.data], [NaN, 1, 1, 1, NaN, NaN, 1, NaN, NaN]);
    assert.deepEqual([...found.quantile95.data], [NaN, 0.4, 0.3, 0.4, NaN, 0.4, 0.3, 0.4, NaN]);
    assert.equal(found.resolution, 0.5);
  });

  it('gives random concepts a uniform p, although the sample of words is small', () => {
    const random = randomSource(4);
    const sizes = [3, 12, 40];
    // Many small samples, so that the method is tested and not one sample.
    const p = Array.from({ length: 120 }, () => {
      const directions = randomDirections(words(128, random), sizes, { count: 24, random: () => random });
      const conceptSizes = [3, 12, 40, 12];
      const observed = pairwiseCosine(nothings(conceptSizes, random));
      const found = chanceOfChains(gramOf(directions), sizes, 24, conceptSizes, observed).p;
      // Disjoint pairs of concepts, so that the values are independent.
      return [row(found, 0)[1]!, row(found, 2)[3]!];
    }).flat();
    // 1.36/√240 at 5 %.
    assert.ok(distanceFromUniform(p) < 0.088, `${distanceFromUniform(p)}`);
  });

  it('gives random normalised directions a uniform p against normalised random ones', () => {
    const random = randomSource(14);
    const sizes = [4, 9];
    const p = Array.from({ length: 120 }, (_, run) => {
      // Words of very different lengths: the longest would dominate raw differences.
      const sample = words(128, random);
      const stretched = matrix(
        sample.rows,
        sample.columns,
        sample.data.map(
          (value, at) => value * (1 + 20 * ((Math.floor(at / sample.columns) * 7919) % 13 === 0 ? 1 : 0)),
        ),
      );
      const options = { count: 24, random: (chain: number) => randomSource(run, chain), normalised: true };
      const directions = randomDirections(stretched, sizes, options);
      const others = {
        count: 2,
        random: (chain: number) => randomSource(1000 + run, chain),
        normalised: true,
      };
      const observed = randomDirections(stretched, sizes, others);
      // An even chain of the first size with an odd one of the second.
      const pair = matrix(2, sample.columns, Float64Array.from([...row(observed, 0), ...row(observed, 3)]));
      return chanceOfChains(gramOf(directions), sizes, 24, sizes, pairwiseCosine(pair)).p.data[1]!;
    });
    // 1.36/√120 at 5 %.
    assert.ok(distanceFromUniform(p) < 0.125, `${distanceFromUniform(p)}`);
  });

  it('does not change for other random concepts when one gets longer', () => {
    const rows = words(64, randomSource(3));
    const random = (chain: number) => randomSource(9, chain);
    const short = randomDirections(rows, [5], { count: 6, random });
    const both = randomDirections(rows, [5, 40], { count: 6, random });
    assert.deepEqual(short.data, both.data.slice(0, short.data.length));
  });

  it('finds concepts that share a direction, and permutes with the concepts', () => {
    const random = randomSource(5);
    const sizes = [6, 20];
    const gram = gramOf(randomDirections(words(600, random), sizes, { count: 40, random: () => random }));
    const unrelated = nothings([6, 20], random);
    const shared = plainUnit([...row(unrelated, 0)].map((value, j) => value + row(unrelated, 1)[j]!));
    const directions = [[...row(unrelated, 0)], [...row(unrelated, 1)], shared];
    const conceptSizes = [6, 20, 20];
    const found = chanceOfChains(gram, sizes, 40, conceptSizes, pairwiseCosine(matrixOf(directions)));
    assert.equal(found.resolution, 1 / 401);
    assert.equal(row(found.p, 0)[2], found.resolution);
    assert.ok(row(found.p, 0)[1]! > 0.05);
    assert.ok(row(found.quantile95, 0)[1]! > 0.05 && row(found.quantile95, 0)[1]! < 0.6);
    const order = [2, 0, 1];
    const moved = chanceOfChains(
      gram,
      sizes,
      40,
      order.map((i) => conceptSizes[i]!),
      pairwiseCosine(matrixOf(order.map((i) => directions[i]!))),
    );
    order.forEach((i, a) => {
      order.forEach((j, b) => {
        assert.equal(row(moved.p, a)[b], row(found.p, i)[j]);
        assert.equal(row(moved.q, a)[b], row(found.q, i)[j]);
      });
    });
  });
});

describe('random control', () => {
  const cosine = matrixOf([
    [1, 0.6, -0.3],
    [0.6, 1, 0],
    [-0.3, 0, 1],
  ]);

  const sizes = [50, 4, 2];
  for (const size of sizes) {
    it(`keeps cosines up to the noise of an explicit map to ${size} dimensions`, () => {
      sameAsWrittenOut(size);
    });
  }

  function sameAsWrittenOut(size: number): void {
    const runs = 2000;
    const random = randomSource(6);
    const found = Array.from({ length: runs }, () => randomControl(cosine, size, random));
    // Directions with those cosines, mapped by a matrix.
    const directions = [
      [1, 0, 0],
      [0.6, 0.8, 0],
      [-0.3, 0.225, Math.sqrt(1 - 0.09 - 0.225 ** 2)],
    ];
    const mapped = Array.from({ length: runs }, () => {
      const map = Array.from({ length: size }, () => [
        random.gaussian(),
        random.gaussian(),
        random.gaussian(),
      ]);
      return pairwiseCosine(matrixOf(directions.map((v) => map.map((line) => plainDot(line, v)))));
    });
    for (const [i, j] of [
      [0, 1],
      [0, 2],
      [1, 2],
    ] as const) {
      const [a, b] = [found, mapped].map((all) => moments(all.map((m) => row(m, i)[j]!)));
      if (size > 10) near(a!.mean, row(cosine, i)[j]!, 0.015);
      near(a!.mean, b!.mean, (4 * Math.hypot(a!.sd, b!.sd)) / Math.sqrt(runs));
      near(a!.sd / b!.sd, 1, 0.08);
    }
  }

  it('is symmetric with ones on the diagonal, and the same for the same seed', () => {
    const found = randomControl(cosine, 20, randomSource(1));
    for (let i = 0; i < 3; i++) {
      assert.equal(row(found, i)[i], 1);
      for (let j = 0; j < i; j++) assert.equal(row(found, i)[j], row(found, j)[i]);
    }
    assert.deepEqual(randomControl(cosine, 20, randomSource(1)), found);
  });

  it('maps equal and opposite directions to equal and opposite ones', () => {
    const dependent = matrixOf([
      [1, 1, -1, 0.6],
      [1, 1, -1, 0.6],
      [-1, -1, 1, -0.6],
      [0.6, 0.6, -0.6, 1],
    ]);
    const found = randomControl(dependent, 30, randomSource(2));
    near(row(found, 0)[1]!, 1);
    near(row(found, 0)[2]!, -1);
    near(row(found, 3)[0]!, -row(found, 3)[2]!);
    assert.equal(randomControl(matrix(0, 0, new Float64Array(0)), 30, randomSource(2)).rows, 0);
  });
});

function moments(values: readonly number[]): { mean: number; sd: number } {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return { mean, sd: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length) };
}
