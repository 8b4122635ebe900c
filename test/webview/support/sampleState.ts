import { differences } from '../../../src/geometry/differences';
import { matrix, type Matrix } from '../../../src/geometry/matrix';
import {
  conceptDirection,
  cosinesWith,
  leaveOneOutCosines,
  meanOfDefined,
  meanPairwiseCosine,
  pairwiseCosine,
} from '../../../src/geometry/parallelism';
import type { PanelState } from '../../../src/protocol/panelMessages';
import {
  largestPairMap,
  type ConceptResult,
  type PairResult,
  type ProbeResult,
} from '../../../src/protocol/probeResult';
import { normal, randomNumbers } from './randomNumbers';
import { sampleWords } from './sampleWords';

const hidden = 24;

export interface SampleConcept {
  readonly name: string;
  readonly pairs: readonly (readonly [base: string, target: string])[];
  readonly dropped?: readonly PairResult[];
  /** Positions of kept pairs whose two words shall have the same unembedding. */
  readonly zeroes?: readonly number[];
}

/** Six concepts, two of them with dropped pairs. */
export function sampleConcepts(): SampleConcept[] {
  const concepts: SampleConcept[] = Object.entries(sampleWords).map(([name, words]) => ({
    name,
    pairs: words.map((pair) => pair.split(' ') as [string, string]),
  }));
  concepts[0] = { ...concepts[0]!, dropped: [severalTokens('prince', 'princess', ['▁prin', 'cess'])] };
  concepts[5] = {
    ...concepts[5]!,
    dropped: [severalTokens('chilly', 'sweltering', ['▁swel', 'ter', 'ing']), samePair('cold', 'hot')],
  };
  return concepts;
}

export function sampleState(change: Partial<PanelState> = {}): PanelState {
  return {
    conceptFile: 'royalty.concepts.json',
    result: sampleResult(sampleConcepts()),
    progress: null,
    problem: null,
    ...change,
  };
}

/** A first concept of so many pairs, beside two of everyday size. */
export function manyPairs(count: number): ProbeResult {
  const pairs = Array.from({ length: count }, (_, index) => [`base${index}`, `target${index}`] as const);
  return sampleResult([{ name: 'many', pairs }, ...sampleConcepts().slice(0, 2)]);
}

/** A result with real geometry of made-up unembeddings: the same on every machine. */
export function sampleResult(samples: readonly SampleConcept[]): ProbeResult {
  const random = randomNumbers(7);
  const shared = Float64Array.from({ length: hidden }, () => normal(random));
  const built = samples.map((sample) => conceptOf(sample, shared, random));
  const withDirection = built.filter(({ concept }) => concept.kept > 0);
  const directions = new Float32Array(withDirection.flatMap(({ direction }) => [...direction]));
  return {
    schema: 1,
    version: '0.1.0',
    tokens: { policy: 'single', leadingSpace: true },
    seed: 0,
    model: {
      name: 'stories-llama2',
      file: 'onnx/model.onnx',
      otherFiles: [],
      architecture: 'LlamaForCausalLM',
      vocabSize: 32000,
      hiddenSize: 288,
      head: { operator: 'MatMul', elementType: 'float16', layout: '[hidden, vocab]', tied: false },
    },
    concepts: built.map(({ concept }) => concept),
    directions: {
      euclidean: {
        concepts: withDirection.map(({ concept }) => concept.name),
        cosine: pairwiseCosine(matrix(withDirection.length, hidden, directions)),
      },
    },
  };
}

function conceptOf(sample: SampleConcept, shared: Float64Array, random: () => number) {
  const own = Float64Array.from({ length: hidden }, () => normal(random));
  const deltas = sampleDifferences(sample, (j) => own[j]! + 0.25 * shared[j]!, random);
  const direction = conceptDirection(deltas);
  const cosines = cosinesWith(direction, deltas);
  const loo = leaveOneOutCosines(deltas);
  const kept = sample.pairs.map(([base, target], i) => keptPair(base, target, cosines[i]));
  const pairs = [...kept, ...(sample.dropped ?? [])];
  const concept: ConceptResult = {
    name: sample.name,
    given: pairs.length,
    kept: kept.length,
    pairs,
    euclidean: {
      meanCosine: meanPairwiseCosine(deltas),
      leaveOneOut: { mean: meanOfDefined(loo), cosines: loo },
      pairwise: kept.length > largestPairMap ? null : pairwiseCosine(deltas),
    },
  };
  return { concept, direction };
}

function sampleDifferences(
  { pairs, zeroes = [] }: SampleConcept,
  center: (column: number) => number,
  random: () => number,
): Matrix {
  const spread = 0.8 + random();
  const words = new Float32Array(pairs.length * 2 * hidden);
  pairs.forEach((_, i) => {
    if (zeroes.includes(i)) return;
    for (let j = 0; j < hidden; j++) words[(2 * i + 1) * hidden + j] = center(j) + spread * normal(random);
  });
  const rowPairs = pairs.map((_, i) => ({ base: 2 * i, target: 2 * i + 1 }));
  return differences(matrix(pairs.length * 2, hidden, words), rowPairs);
}

export function keptPair(base: string, target: string, cosine: number | null = null): PairResult {
  const pieces = { basePieces: [`▁${base}`], targetPieces: [`▁${target}`] };
  return { base, target, baseIds: [1], targetIds: [2], ...pieces, status: 'kept', cosine };
}

export function severalTokens(base: string, target: string, targetPieces: readonly string[]): PairResult {
  const targetIds = targetPieces.map((_, index) => index + 3);
  return { ...keptPair(base, target), targetIds, targetPieces, status: 'several-tokens' };
}

function samePair(base: string, target: string): PairResult {
  return { ...keptPair(base, target), status: 'duplicate' };
}
