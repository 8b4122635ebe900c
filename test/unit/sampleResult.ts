import { matrix } from '../../src/geometry/matrix';
import type { PairResult, PairStatus, ProbeResult } from '../../src/protocol/probeResult';

function pair(base: string, target: string, status: PairStatus, cosine: number | null): PairResult {
  const isKept = status === 'kept';
  return {
    base,
    target,
    baseIds: status === 'unknown' ? [] : [1],
    targetIds: isKept ? [2] : [3, 4],
    basePieces: [`▁${base}`],
    targetPieces: isKept ? [`▁${target}`] : ['▁prin', 'cess'],
    status,
    cosine,
  };
}

/** One concept with a kept, a dropped, an undefined pair, and one concept with a single pair. */
export const sampleResult: ProbeResult = {
  schema: 1,
  version: '1.2.3',
  seed: 7,
  tokens: { policy: 'single', leadingSpace: true },
  model: {
    name: 'tiny',
    file: 'onnx/model.onnx',
    otherFiles: [],
    architecture: 'LlamaForCausalLM',
    vocabSize: 10,
    hiddenSize: 2,
    head: { operator: 'MatMul', elementType: 'float32', layout: '[vocab, hidden]', tied: true },
  },
  concepts: [
    {
      name: 'male, "female"',
      given: 3,
      kept: 2,
      pairs: [
        pair('king', 'queen', 'kept', 0.5),
        pair('prince', 'princess', 'several-tokens', null),
        pair('=SUM(1)', '</script>', 'kept', null),
      ],
      euclidean: {
        meanCosine: 0.25,
        leaveOneOut: { mean: 0.75, cosines: Float64Array.of(0.75, NaN) },
        pairwise: matrix(2, 2, Float64Array.of(1, NaN, NaN, NaN)),
      },
    },
    {
      name: 'single',
      given: 1,
      kept: 1,
      pairs: [pair('a', 'b', 'kept', null)],
      euclidean: {
        meanCosine: null,
        leaveOneOut: { mean: null, cosines: Float64Array.of(NaN) },
        pairwise: matrix(1, 1, Float64Array.of(1)),
      },
    },
  ],
  directions: {
    euclidean: {
      concepts: ['male, "female"', 'single'],
      cosine: matrix(2, 2, Float64Array.of(1, -0.5, -0.5, 1)),
    },
  },
};
