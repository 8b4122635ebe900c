import assert from 'node:assert/strict';
import { comparisonDocument } from '../../../src/export/comparisonDocument';
import { resultDocument } from '../../../src/export/resultDocument';
import { sampleComparison } from '../../support/sampleComparison';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { sampleResult } from '../support/sampleResult';

describe('the JSON document', () => {
  const document = resultDocument(sampleResult);

  it('keeps the contract and writes undefined numbers as null', () => {
    assert.deepEqual([Object.keys(document)[0], document.schema, document.seed], ['schema', 2, 7]);
    const histogram = { from: -1, to: 1, counts: [3, 5] };
    const geometry = document.concepts[0]!.euclidean!;
    const expected = {
      meanCosine: 0.25,
      leaveOneOut: {
        mean: 0.75,
        cosines: [0.75, null],
        projections: [1.5, 0],
        interval: { low: 0.5, high: 0.875, level: 0.95, resamples: 2000 },
        outliers: [0],
      },
      withDirection: [0.5, null],
      norms: [2, 0],
      effectiveRank: 1.25,
      random: {
        ...{ mean: 0.125, sd: 2, histogram, pairs: 8, tokens: 10 },
        cosine: { mean: -0.125, sd: 0.0625, histogram },
        normMatched: { mean: 0, sd: 3, histogram },
      },
      permutation: { p: 0.5, q: 1, resolution: 0.5, permutations: 2, exact: true, pairs: 2 },
    };
    assert.deepEqual({ ...geometry, ...expected }, geometry);
    // In the order of the contract; new keys may be added in between.
    const keys = Object.keys(geometry).filter((key) => key in expected);
    assert.deepEqual(keys, Object.keys(expected));
    assert.ok(!('meanCosineWithSelf' in geometry) && !('pairwise' in geometry));
    const single = document.concepts[1]!.euclidean!;
    assert.deepEqual([single.meanCosine, single.random, single.permutation], [null, null, null]);
    assert.deepEqual(single.leaveOneOut.cosines, [null]);
  });

  it('has the cosine of a pair with the direction once per inner product', () => {
    const [first, ...others] = sampleResult.concepts;
    const causal = { ...first!.causal!, withDirection: Float64Array.of(NaN, 0.875) };
    const { concepts } = resultDocument({ ...sampleResult, concepts: [{ ...first!, causal }, ...others] });
    assert.deepEqual(
      concepts.map(({ pairs }) => pairs.map(({ status, cosine }) => [status, cosine])),
      [
        [
          ['kept', { euclidean: 0.5, causal: null }],
          ['several-tokens', { euclidean: null, causal: null }],
          ['kept', { euclidean: null, causal: 0.875 }],
        ],
        // A single pair is its own direction.
        [['kept', { euclidean: null, causal: null }]],
      ],
    );
  });

  it('has the causal product next to the Euclidean one, and the control', () => {
    assert.equal(document.concepts[0]!.causal!.meanCosine, 0.375);
    assert.deepEqual(Object.keys(document.directions), ['euclidean', 'causal', 'control']);
    assert.deepEqual(document.directions.euclidean, {
      concepts: ['male, "female"', 'single'],
      cosine: mirrored(1, -0.5),
      differenceCosine: [
        [0.25, -0.25],
        [-0.25, null],
      ],
      offDiagonal: { mean: 0.5, largest: 0.5, pair: [0, 1] },
      sharedTokens: mirrored(4, 1),
      chance: {
        p: mirrored(null, 0.25),
        q: mirrored(null, 0.375),
        quantile95: mirrored(null, 0.75),
        resolution: 0.125,
      },
    });
    assert.equal(document.directions.causal!.chance, null);
    assert.deepEqual(document.directions.control.cosine, mirrored(1, -0.375));
    assert.equal(document.covariance!.condition, 16);
  });

  it('includes self-pairs on request, and says so', () => {
    const withSelf = resultDocument(sampleResult, { includeSelf: true });
    assert.equal(withSelf.concepts[0]!.euclidean!.meanCosine, 0.625);
    assert.deepEqual(
      withSelf.directions.euclidean!.differenceCosine.map((values, i) => values[i]),
      [0.625, 1],
    );
    assert.deepEqual([withSelf.settings.includeSelf, document.settings.includeSelf], [true, false]);
  });

  it('has only the requested products', () => {
    const causal = resultDocument({
      ...sampleResult,
      settings: { ...sampleResult.settings, products: ['causal'] },
    });
    assert.ok(!('euclidean' in causal.concepts[0]!) && !('euclidean' in causal.directions));
    assert.deepEqual(causal.concepts[0]!.pairs[0]!.cosine, { causal: 0.5 });
    const concepts = sampleResult.concepts.map((concept) => ({ ...concept, causal: null }));
    const euclidean = resultDocument({
      ...sampleResult,
      concepts,
      directions: { ...sampleResult.directions, causal: null },
    });
    assert.ok(!('causal' in euclidean.concepts[0]!) && !('causal' in euclidean.directions));
    assert.deepEqual(euclidean.concepts[0]!.pairs[0]!.cosine, { euclidean: 0.5 });
  });

  it('is plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
  });
});

function mirrored<T>(diagonal: T, other: number): (T | number)[][] {
  return [
    [diagonal, other],
    [other, diagonal],
  ];
}

describe('the comparison of two models', () => {
  const numbersOf = (value: unknown): number[] => {
    if (typeof value === 'number') return [value];
    return typeof value === 'object' && value !== null ? Object.values(value).flatMap(numbersOf) : [];
  };

  it('has no difference anywhere between a result and itself', () => {
    const numbers = numbersOf(
      comparisonDocument(sampleResult, sampleComparison(sampleResult, sampleResult)).difference,
    );
    assert.ok(numbers.length > 60, `${numbers.length} numbers`);
    assert.deepEqual(new Set(numbers), new Set([0]));
  });

  it('is second minus first for every number, with names unchanged', () => {
    const [first, ...others] = sampleResult.concepts;
    const changed: ProbeResult = {
      ...sampleResult,
      concepts: [{ ...first!, causal: { ...first!.causal!, meanCosine: 0.875 } }, ...others],
      covariance: { ...sampleResult.covariance!, condition: 20 },
    };
    const { difference, covariance } = comparisonDocument(
      sampleResult,
      sampleComparison(sampleResult, changed),
    ) as unknown as {
      covariance: { condition: number };
      difference: {
        concepts: { name: string; causal: { meanCosine: number } }[];
        covariance: { condition: number };
      };
    };
    assert.equal(difference.concepts[0]!.causal.meanCosine, 0.5);
    assert.equal(difference.concepts[0]!.name, 'male, "female"');
    assert.deepEqual([difference.covariance.condition, covariance.condition], [4, 20]);
    assert.equal(numbersOf(difference).filter((value) => value !== 0).length, 2);
  });

  it('does not subtract numbers of different pairs, even if there are equally many', () => {
    const [first, ...others] = sampleResult.concepts;
    const [a, b, ...rest] = first!.pairs;
    const swapped = {
      ...first!,
      pairs: [{ ...a!, status: b!.status }, { ...b!, status: a!.status }, ...rest],
    };
    const second = { ...sampleResult, concepts: [swapped, ...others] };
    const { difference, common } = comparisonDocument(sampleResult, sampleComparison(sampleResult, second));
    assert.deepEqual(difference.concepts[0], { name: first!.name, kept: 0 });
    assert.ok('euclidean' in difference.concepts[1]!);
    // Directions depend on all pairs of their concepts.
    assert.equal(difference.directions, null);
    assert.equal(common.concepts[0]!.causal!.leaveOneOut.difference, 0);
  });

  it('has the numbers of the pairs that both keep, in the requested products', () => {
    const asked = { ...sampleResult, settings: { ...sampleResult.settings, products: ['causal'] as const } };
    const { common } = comparisonDocument(asked, sampleComparison(asked, asked));
    assert.deepEqual(Object.keys(common.concepts[0]!), ['name', 'pairs', 'causal']);
    assert.deepEqual(common.directions, {
      causal: {
        mean: { first: 0.125, second: 0.125, difference: 0 },
        largest: { first: 0.125, second: 0.125, difference: 0 },
      },
    });
    assert.deepEqual(common.concepts[0]!.causal!.leaveOneOut, {
      ...{ first: 0.75, second: 0.75, difference: 0 },
      interval: { low: -0.125, high: 0.125, level: 0.95, resamples: 2000 },
    });
  });

  it('is null if one of the two keeps other pairs', () => {
    const [first, ...others] = sampleResult.concepts;
    const fewer = { ...first!.euclidean, norms: Float64Array.of(2) };
    const changed = { ...sampleResult, concepts: [{ ...first!, euclidean: fewer }, ...others] };
    const { difference } = comparisonDocument(
      sampleResult,
      sampleComparison(sampleResult, changed),
    ) as unknown as {
      difference: { concepts: { euclidean: { norms: null; meanCosine: number } }[] };
    };
    const { norms, meanCosine } = difference.concepts[0]!.euclidean;
    assert.deepEqual([norms, meanCosine], [null, 0]);
  });
});
