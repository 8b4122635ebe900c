import assert from 'node:assert/strict';
import {
  checkAlignment,
  checkCategories,
  checkComparison,
  checkMeasurement,
  checkResult,
  checkSteering,
  checkVocabulary,
} from '../../../src/protocol/checkResult';
import { checkLive, checkOutcome } from '../../../src/protocol/checkSimulation';
import { matrix } from '../../../src/geometry/matrix';
import type { CategoriesResult } from '../../../src/protocol/categoriesResult';
import type { AlignResult, MeasureResult } from '../../../src/protocol/contextResult';
import type { SteeredContext } from '../../../src/protocol/steeringMessages';
import type { VocabularyResult } from '../../../src/protocol/vocabularyResult';
import { averageRuns } from '../../../src/simulator/training/averageRuns';
import { runSimulation } from '../../../src/simulator/training/runSimulation';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { sampleResult } from '../support/sampleResult';

/** A copy with another value at `path`, such as `concepts.0.kept`; without that entry if there is no value. */
function damaged<T>(whole: T, path: string, value?: unknown): T {
  const copy = structuredClone(whole);
  const keys = path.split('.');
  const last = keys.pop()!;
  const holder = keys.reduce((part, key) => part[key] as Parts, copy as Parts);
  assert.ok(last in holder, path);
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else holder[last] = value;
  return copy;
}

type Parts = Record<string, unknown>;

const short = Float64Array.of(1);

describe('the check of a result', () => {
  it('passes a complete one', () => {
    checkResult(sampleResult);
    checkResult({ ...sampleResult, concepts: [], directions: emptyDirections() });
  });

  const flaws: readonly (readonly [path: string, value?: unknown])[] = [
    ['concepts.0.given', 4],
    ['concepts.0.kept', 1],
    ['concepts.0.pairs.0.status', 'unknown'],
    ['concepts.0.euclidean.leaveOneOut.cosines', short],
    ['concepts.0.causal.leaveOneOut.projections', {}],
    ['concepts.0.causal.withDirection'],
    ['concepts.0.euclidean.norms', [1, 2]],
    ['concepts.0.euclidean.pairwise.data', new Float64Array(0)],
    ['concepts.0.euclidean.pairwise', { rows: 1, columns: 1, data: short }],
    ['concepts.0.euclidean.pairsPerCell', 2],
    ['concepts.0.euclidean.leaveOneOut.outliers', [2]],
    ['concepts.0.euclidean.random.cosine.histogram.counts', new Float64Array(0)],
    ['concepts.0.euclidean.random.projection.histogram.to', null],
    ['concepts.0.euclidean.random.normMatched.histogram'],
    ['concepts.1.causal', null],
    ['directions.causal', null],
    ['directions.euclidean.concepts', ['male, "female"', 'another']],
    ['directions.causal.concepts', ['single']],
    ['directions.causal.cosine.data', short],
    ['directions.euclidean.differenceCosine.columns', 1],
    ['directions.euclidean.differenceSelfCosine', short],
    ['directions.euclidean.chance.p.data', short],
    ['directions.euclidean.chance.q.rows', 3],
    ['directions.euclidean.chance.quantile95'],
    ['directions.euclidean.sharedTokens.rows', 1],
    ['directions.euclidean.offDiagonal.pair', [0, 2]],
    ['directions.control.rows', 0],
  ];
  for (const flaw of flaws) {
    it(`rejects one with a different ${flaw[0]}`, () => {
      assert.throws(() => {
        checkResult(damaged(sampleResult, ...flaw));
      });
    });
  }
});

describe('the check of a steered context', () => {
  const whole: SteeredContext = {
    ...{ ending: 'once upon', hasMore: false, isCut: false },
    result: {
      ...{ product: 'causal', concept: 'a', tokens: 2, windowed: false },
      ...{ logits: Float32Array.of(1, 2, 3), shift: Float32Array.of(0, 1, 0), ids: Int32Array.of(0, 2) },
      pieces: ['▁x', '▁y', '▁z'],
      pairs: [{ concept: 'a', base: 'x', target: 'z', baseId: 0, targetId: 2 }],
      ...{ concepts: ['a', 'b'], moves: { rows: 2, columns: 1, data: Float64Array.of(1, 2) } },
      ...{ hiddenNorm: 3, stepNorm: 0, skipped: [] },
    },
  };

  it('passes one that is whole, with pairs or without', () => {
    checkSteering(whole);
    const none = { rows: 2, columns: 0, data: new Float64Array(0) };
    checkSteering({ ...whole, result: { ...whole.result, pairs: [], moves: none } });
  });

  for (const [path, value] of [
    ['result.logits', short],
    ['result.shift'],
    ['result.ids', Int32Array.of(3)],
    ['result.ids', Int32Array.of(-1)],
    ['result.ids', new Int32Array(0)],
    ['result.ids', [0, 2]],
    ['result.pieces', ['▁x']],
    ['result.concept', 'c'],
    ['result.concepts', ['a']],
    ['result.pairs.0.concept', 'c'],
    ['result.pairs.0.targetId', 3],
    ['result.pairs', []],
    ['result.moves.rows', 1],
    ['result.moves.data', short],
    ['result.hiddenNorm', NaN],
    ['result.stepNorm'],
  ] as readonly (readonly [path: string, value?: unknown])[]) {
    it(`refuses one with another ${path}`, () => {
      assert.throws(() => {
        checkSteering(damaged(whole, path, value));
      }, /^RangeError: steering: /u);
    });
  }
});

describe('the check of a comparison', () => {
  const compared = { leaveOneOut: { ...both(), interval: null }, meanCosine: both() };
  const concepts = sampleResult.concepts.map(({ name, kept }) => ({
    ...{ name, pairs: kept, euclidean: compared, causal: compared },
  }));
  const directions = { mean: both(), largest: both() };
  const whole = { second: sampleResult, common: { concepts, euclidean: directions, causal: directions } };

  it('passes a complete one, and rejects an incomplete one', () => {
    checkComparison(whole);
    for (const [path, value] of [
      ['second.concepts.0.kept', 1],
      ['common.concepts.0.pairs', 3],
      ['common.concepts.1.name', 'another'],
    ] as const)
      assert.throws(() => {
        checkComparison(damaged(whole, path, value));
      });
  });

  function both() {
    return { first: 0.5, second: 0.25, difference: -0.25 };
  }
});

describe('the check of a vocabulary', () => {
  const axis = (concept: string) => ({
    ...{ concept, scores: Float32Array.of(1, 2, 3) },
    ...{ top: [{ id: 2, piece: 'c', score: 3 }], bottom: [{ id: 0, piece: 'a', score: 1 }] },
  });
  const whole: VocabularyResult = {
    ...{ product: 'causal', x: axis('x'), y: axis('y'), correlation: 1 },
    ...{ pieces: ['a', 'b', 'c'], tokens: 3 },
  };

  it('passes a complete one, with one axis or two', () => {
    checkVocabulary(whole);
    checkVocabulary({ ...whole, y: null });
  });

  it('rejects one with mismatched scores or tokens', () => {
    for (const [path, value] of [
      ['x.scores', short],
      ['y.scores', null],
      ['pieces', ['a', 'b']],
      ['y.top.0.id', 3],
      ['tokens', 4],
    ] as const)
      assert.throws(() => {
        checkVocabulary(damaged(whole, path, value));
      });
  });
});

describe('the check of contexts', () => {
  const geometry = sampleResult.concepts[0]!.euclidean;
  const grid = (value: number) => ({ rows: 1, columns: 2, data: Float64Array.of(value, value) });
  const pair = { base: 'He', target: 'She', windowed: false };
  const alignment: AlignResult = {
    product: 'causal',
    sets: [
      {
        name: 'a',
        pairs: [
          { ...pair, dropped: null },
          { ...pair, dropped: null },
          { ...pair, dropped: 'repeated' },
        ],
        kept: 2,
        geometry,
      },
    ],
    ...{ concepts: ['a', 'b'], skipped: [], cosine: grid(0.5), p: grid(0.1), q: grid(0.2) },
    random95: Float64Array.of(0.1, NaN),
  };
  const set = { label: 'x', given: 1, empty: 0, broken: 0, windowed: 0 };
  const measurement: MeasureResult = {
    ...{ product: 'causal', sets: [set, { ...set, label: 'y', given: 2 }], skipped: [] },
    concepts: [
      {
        name: 'a',
        sets: [
          { label: 'x', values: short },
          { label: 'y', values: Float64Array.of(NaN, 1) },
        ],
        separation: null,
      },
    ],
  };

  it('passes what is whole', () => {
    checkAlignment(alignment);
    checkMeasurement(measurement);
  });

  it('refuses what does not fit', () => {
    for (const [path, value] of [
      ['sets.0.kept', 1],
      ['sets.0.pairs.0.dropped', 'empty'],
      ['sets.0.geometry.leaveOneOut.cosines', short],
      ['cosine.data', short],
      ['p.rows', 2],
      ['q'],
      ['random95', short],
      ['concepts', ['a']],
    ] as const)
      assert.throws(() => {
        checkAlignment(damaged(alignment, path, value));
      });
    for (const [path, value] of [
      ['sets.1.given', 3],
      ['concepts.0.sets.0.values', new Float64Array(0)],
      ['concepts.0.sets', []],
    ] as const)
      assert.throws(() => {
        checkMeasurement(damaged(measurement, path, value));
      });
  });
});

describe('the check of categories', () => {
  const separation = { auc: { value: 1, low: 0.5, high: 1, level: 0.95 }, dPrime: null };
  const categories: CategoriesResult = {
    ...{ seed: 0, draws: 0, randomTokens: 1 },
    categories: [
      {
        ...{ name: 'a', parent: null, words: [], kept: 2, norm: 1, shrinkage: 0.5, toParent: null },
        heldOut: { words: Float64Array.of(1, 2), others: Float64Array.of(0), separation },
      },
      {
        ...{ name: 'b', parent: null, words: [], kept: 0, norm: null, shrinkage: null, toParent: null },
        heldOut: null,
      },
    ],
    cosine: matrix(2, 2, new Float64Array(4)),
    simplices: [
      {
        ...{ parent: null, names: ['a', 'b'], wordsOf: [['x'], []], center: 'vocabulary', shown: 1 },
        ...{ corners: matrix(2, 3, new Float64Array(6)), words: matrix(1, 3, new Float64Array(3)) },
        edges: Float64Array.of(1),
      },
    ],
  };

  it('passes what is whole, and refuses what does not fit', () => {
    checkCategories(categories);
    for (const [path, value] of [
      ['categories.0.kept', 3],
      ['categories.0.heldOut.others', new Float64Array(2)],
      ['randomTokens', 2],
      ['cosine.rows', 1],
      ['cosine.data', new Float64Array(3)],
      ['simplices.0.names', ['a']],
      ['simplices.0.wordsOf', [[], []]],
      ['simplices.0.words.data', new Float64Array(6)],
      ['simplices.0.edges', new Float64Array(0)],
    ] as const)
      assert.throws(() => {
        checkCategories(damaged(categories, path, value));
      }, path);
  });
});

describe('the check of a simulation', () => {
  const config = { ...defaultSimulation, concepts: 3, steps: 20, curvePoints: 2 };
  const result = averageRuns(config, [runSimulation(config)]);
  const whole = { kind: 'simulation', result } as const;

  it('passes a complete one, finished or running', () => {
    checkOutcome(whole);
    checkOutcome({ kind: 'theorems', seed: 1, checks: [] });
    checkLive(liveOf(whole));
  });

  it('rejects one with mismatched maps, curves or tokens', () => {
    for (const path of ['maps.unembedding.2', 'maps.cross.0', 'curve.1.perConcept.ue', 'unembeddings.1']) {
      const outcome = damaged(whole, `result.runs.0.${path}`, []);
      assert.throws(() => {
        checkOutcome(outcome);
      }, /simulation: /u);
      assert.throws(() => {
        checkLive(liveOf(outcome));
      }, /simulation: /u);
    }
  });

  function liveOf({ result: { runs } }: typeof whole) {
    const { curve, maps, unembeddings, entropyFloor } = runs[0]!;
    return { config, step: 20, stepsPerSecond: 1, curve, maps, unembeddings, entropyFloor };
  }
});

function emptyDirections() {
  const none = { rows: 0, columns: 0, data: new Float64Array(0) };
  const directions = {
    ...{ concepts: [], cosine: none, differenceCosine: none, differenceSelfCosine: none.data },
    ...{ sharedTokens: none, offDiagonal: null, chance: null },
  };
  return { euclidean: directions, causal: null, control: none };
}
