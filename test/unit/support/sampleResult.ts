import { conceptFormulas, type ConceptNumbers } from '../../../src/geometry/conceptFormulas';
import { matrix } from '../../../src/geometry/matrix';
import type { ConceptGeometry, DirectionGeometry, Spread } from '../../../src/protocol/geometryResult';
import {
  defaultProbeSettings,
  type PairResult,
  type PairStatus,
  type ProbeResult,
} from '../../../src/protocol/probeResult';

function pair(base: string, target: string, status: PairStatus): PairResult {
  const isKept = status === 'kept';
  return {
    base,
    target,
    baseIds: status === 'unknown' ? [] : [1],
    targetIds: isKept ? [2] : [3, 4],
    basePieces: [`▁${base}`],
    targetPieces: isKept ? [`▁${target}`] : ['▁prin', 'cess'],
    status,
  };
}

function spread(mean: number, sd: number): Spread {
  return { mean, sd, histogram: { from: -1, to: 1, counts: Float64Array.of(3, 5) } };
}

/** A different number for each formula. */
const numbers = Object.fromEntries(
  Object.keys(conceptFormulas).map((name, index) => [name, 4 + index / 4]),
) as ConceptNumbers;

/** Two kept pairs, the second with a zero difference. */
const two: ConceptGeometry = {
  ...numbers,
  meanCosine: 0.25,
  meanCosineWithSelf: 0.625,
  leaveOneOut: {
    mean: 0.75,
    cosines: Float64Array.of(0.75, NaN),
    projections: Float64Array.of(1.5, 0),
    interval: { low: 0.5, high: 0.875, level: 0.95, resamples: 2000 },
    outliers: [0],
  },
  withDirection: Float64Array.of(0.5, NaN),
  norms: Float64Array.of(2, 0),
  effectiveRank: 1.25,
  random: {
    ...{ pairs: 8, tokens: 10 },
    ...{ projection: spread(0.125, 2), cosine: spread(-0.125, 0.0625), normMatched: spread(0, 3) },
  },
  permutation: { p: 0.5, q: 1, resolution: 0.5, permutations: 2, exact: true, pairs: 2 },
  pairwise: matrix(2, 2, Float64Array.of(1, NaN, NaN, NaN)),
  pairsPerCell: 1,
};

const one: ConceptGeometry = {
  ...numbers,
  meanCosine: null,
  meanCosineWithSelf: 1,
  leaveOneOut: {
    mean: null,
    cosines: Float64Array.of(NaN),
    projections: Float64Array.of(NaN),
    interval: null,
    outliers: [],
  },
  withDirection: Float64Array.of(1),
  norms: Float64Array.of(4),
  effectiveRank: 1,
  random: null,
  permutation: null,
  pairwise: matrix(1, 1, Float64Array.of(1)),
  pairsPerCell: 1,
};

function directions(cosine: number): DirectionGeometry {
  const square = (diagonal: number, other: number) =>
    matrix(2, 2, Float64Array.of(diagonal, other, other, diagonal));
  return {
    concepts: ['male, "female"', 'single'],
    cosine: square(1, cosine),
    differenceCosine: matrix(2, 2, Float64Array.of(0.25, -0.25, -0.25, NaN)),
    differenceSelfCosine: Float64Array.of(0.625, 1),
    offDiagonal: { mean: Math.abs(cosine), largest: Math.abs(cosine), pair: [0, 1] },
    sharedTokens: square(4, 1),
    chance: {
      ...{ p: square(NaN, 0.25), q: square(NaN, 0.375), quantile95: square(NaN, 0.75) },
      resolution: 0.125,
    },
  };
}

/** One concept with a kept, a dropped, an undefined pair, and one concept with a single pair. */
export const sampleResult: ProbeResult = {
  version: '1.2.3',
  seed: 7,
  tokens: { policy: 'single', leadingSpace: true },
  model: {
    name: 'tiny',
    file: 'onnx/model.onnx',
    otherFiles: [],
    rowsWithoutToken: 0,
    architecture: 'LlamaForCausalLM',
    vocabSize: 10,
    hiddenSize: 2,
    head: {
      format: 'ONNX',
      tensor: 'lm_head.weight',
      operator: 'MatMul',
      elementType: 'float32',
      layout: '[vocab, hidden]',
      tied: true,
    },
  },
  settings: defaultProbeSettings,
  causalProblem: null,
  covariance: { vocabSize: 10, ridge: 0, ridgeReason: null, condition: 16, cached: false },
  concepts: [
    {
      name: 'male, "female"',
      given: 3,
      kept: 2,
      pairs: [
        pair('king', 'queen', 'kept'),
        pair('prince', 'princess', 'several-tokens'),
        pair('=SUM(1)', '</script>', 'kept'),
      ],
      euclidean: two,
      causal: { ...two, meanCosine: 0.375, random: null, permutation: null },
    },
    {
      name: 'single',
      given: 1,
      kept: 1,
      pairs: [pair('a', 'b', 'kept')],
      euclidean: one,
      causal: one,
    },
  ],
  directions: {
    euclidean: directions(-0.5),
    causal: { ...directions(0.125), chance: null },
    control: matrix(2, 2, Float64Array.of(1, -0.375, -0.375, 1)),
  },
};
