import { benjaminiHochberg } from '../../../src/geometry/falseDiscoveryRate';
import { matrix, type Matrix } from '../../../src/geometry/matrix';
import type { ConceptGeometry, DirectionGeometry } from '../../../src/protocol/geometryResult';
import type { ModelSummary } from '../../../src/protocol/modelSummary';
import { emptyPanelState, type PanelState } from '../../../src/protocol/panelMessages';
import {
  defaultProbeSettings,
  leftOutPairs,
  type PairResult,
  type ProbeResult,
} from '../../../src/protocol/probeResult';
import { normal, randomNumbers } from './randomNumbers';
import { sampleDirections } from './sampleDirections';
import { sampleGeometry, type SampleGeometry } from './sampleGeometry';
import { sampleWords } from './sampleWords';

const hidden = 24;

export interface SampleConcept {
  readonly name: string;
  readonly pairs: readonly (readonly [base: string, target: string])[];
  readonly dropped?: readonly PairResult[];
  /** Positions of kept pairs whose two words have the same unembedding. */
  readonly zeroes?: readonly number[];
  /** Positions of kept pairs whose difference points in the opposite direction. */
  readonly turned?: readonly number[];
}

interface SampleOptions {
  readonly seed?: number;
  readonly model?: Partial<ModelSummary>;
  /** Whether the causal inner product was requested. */
  readonly causal?: boolean;
  /** Whether tests, intervals and random pairs were requested. */
  readonly statistics?: boolean;
  readonly ridge?: number;
}

/** Six concepts, two of them with dropped pairs, and one with a pair that is left out. */
export function sampleConcepts(): SampleConcept[] {
  const concepts: SampleConcept[] = Object.entries(sampleWords).map(([name, words]) => ({
    name,
    pairs: words.map((pair) => pair.split(' ') as [string, string]),
  }));
  concepts[0] = { ...concepts[0]!, dropped: [severalTokens('prince', 'princess', ['▁prin', 'cess'])] };
  concepts[5] = {
    ...concepts[5]!,
    dropped: [
      severalTokens('chilly', 'sweltering', ['▁swel', 'ter', 'ing']),
      samePair('cold', 'hot'),
      leftOutPair('mild', 'harsh'),
    ],
  };
  return concepts;
}

export function sampleState(change: Partial<PanelState> = {}): PanelState {
  return {
    ...emptyPanelState,
    conceptFile: 'royalty.concepts.json',
    result: sampleResult(sampleConcepts()),
    ...change,
  };
}

/** A first concept with this number of pairs, and two of ordinary size. */
export function manyPairs(count: number): ProbeResult {
  const pairs = Array.from({ length: count }, (_, index) => [`base${index}`, `target${index}`] as const);
  return sampleResult([{ name: 'many', pairs }, ...sampleConcepts().slice(0, 2)]);
}

/** This number of concepts, with the words of the six used in turn. */
export function manyConcepts(count: number): ProbeResult {
  const known = sampleConcepts();
  return sampleResult(
    Array.from({ length: count }, (_, index) => {
      const { name, pairs } = known[index % known.length]!;
      const round = Math.floor(index / known.length) + 1;
      return { name: round === 1 ? name : `${name} ${round}`, pairs };
    }),
  );
}

/** The six concepts again and again under new names: as many as wanted, without computing them. */
export function repeatedConcepts(count: number): ProbeResult {
  const known = sampleResult(sampleConcepts());
  const of = (index: number) => index % known.concepts.length;
  const concepts = Array.from({ length: count }, (_, index) => ({
    ...known.concepts[of(index)]!,
    name: `concept ${index + 1}`,
  }));
  const square = (source: Matrix) =>
    matrix(
      count,
      count,
      Float64Array.from({ length: count * count }, (_, cell) => {
        const [row, column] = [Math.floor(cell / count), cell % count];
        return source.data[of(row) * source.columns + of(column)]!;
      }),
    );
  const repeated = (one: DirectionGeometry): DirectionGeometry => ({
    ...one,
    concepts: concepts.map(({ name }) => name),
    cosine: square(one.cosine),
    differenceCosine: square(one.differenceCosine),
    differenceSelfCosine: Float64Array.from(concepts, (_, index) => one.differenceSelfCosine[of(index)]!),
    sharedTokens: square(one.sharedTokens),
    chance: one.chance && {
      ...one.chance,
      ...{ p: square(one.chance.p), q: square(one.chance.q), quantile95: square(one.chance.quantile95) },
    },
  });
  const { euclidean, causal, control } = known.directions;
  return {
    ...known,
    concepts,
    directions: {
      euclidean: repeated(euclidean),
      causal: causal && repeated(causal),
      control: square(control),
    },
  };
}

const made = new Map<string, ProbeResult>();

/** A result with real geometry of synthetic unembeddings: the same on every machine, and computed once. */
export function sampleResult(samples: readonly SampleConcept[], options: SampleOptions = {}): ProbeResult {
  const key = JSON.stringify([samples, options]);
  const result = made.get(key) ?? computeResult(samples, options);
  made.set(key, result);
  return result;
}

function computeResult(
  samples: readonly SampleConcept[],
  { seed = 7, model, causal = true, statistics = true, ridge = 0 }: SampleOptions,
): ProbeResult {
  const random = randomNumbers(seed);
  const shared = Float64Array.from({ length: hidden }, () => normal(random));
  const words = samples.map((sample) => sampleUnembeddings(sample, shared, random));
  const euclidean = words.map((rows) => sampleGeometry(rows, statistics));
  const stretched = causal ? words.map((rows) => sampleGeometry(stretch(rows), statistics)) : undefined;
  const geometries = withRates(euclidean);
  const causalGeometries = stretched && withRates(stretched);
  const having = samples.flatMap(({ pairs }, index) => (pairs.length > 0 ? [index] : []));
  const names = having.map((index) => samples[index]!.name);
  const directionsOf = (all: readonly SampleGeometry[]) =>
    sampleDirections(
      names,
      having.map((index) => all[index]!),
      statistics,
    );
  const directions = directionsOf(euclidean);
  return {
    version: '0.1.0',
    tokens: { policy: 'single', leadingSpace: true },
    seed: 0,
    settings: statistics
      ? { ...defaultProbeSettings, products: causal ? defaultProbeSettings.products : ['euclidean'] }
      : { ...defaultProbeSettings, randomPairs: 0, permutations: 0, bootstrap: 0 },
    model: {
      name: 'stories-llama2',
      file: 'onnx/model.onnx',
      otherFiles: [],
      rowsWithoutToken: 0,
      architecture: 'LlamaForCausalLM',
      vocabSize: 32000,
      hiddenSize: 288,
      head: {
        format: 'ONNX',
        tensor: 'lm_head.weight',
        operator: 'MatMul',
        elementType: 'float16',
        layout: '[hidden, vocab]',
        tied: false,
      },
      ...model,
    },
    concepts: samples.map((sample, index) => {
      const geometry = geometries[index]!;
      const kept = sample.pairs.map(([base, target]) => keptPair(base, target));
      const pairs = [...kept, ...(sample.dropped ?? [])];
      return {
        name: sample.name,
        given: pairs.length - leftOutPairs({ pairs }).length,
        kept: kept.length,
        pairs,
        euclidean: geometry,
        causal: causalGeometries?.[index] ?? null,
      };
    }),
    causalProblem: null,
    covariance: causal
      ? {
          vocabSize: 32_000,
          ridge,
          ridgeReason: ridge > 0 ? 'The covariance of fewer tokens than dimensions has no inverse.' : null,
          condition: 3217.4,
          cached: false,
        }
      : null,
    directions: {
      euclidean: directions,
      causal: stretched ? directionsOf(stretched) : null,
      control: noisy(directions.cosine, random),
    },
  };
}

/** q across the tests of all concepts. */
function withRates(samples: readonly SampleGeometry[]): ConceptGeometry[] {
  const rates = benjaminiHochberg(samples.map(({ geometry }) => geometry.permutation?.p ?? NaN));
  return samples.map(({ geometry }, index) => ({
    ...geometry,
    permutation: geometry.permutation && { ...geometry.permutation, q: rates[index]! },
  }));
}

/** Applies a linear map to the words, which gives another inner product. */
function stretch(words: Matrix): Matrix {
  const data = words.data.map((value, index) => value * (0.5 + ((index % hidden) / hidden) * 1.5));
  return matrix(words.rows, words.columns, data);
}

function noisy(cosine: Matrix, random: () => number): Matrix {
  const data = Float64Array.from(cosine.data);
  for (let a = 0; a < cosine.rows; a++) {
    for (let b = 0; b < a; b++) {
      const value = Math.max(-1, Math.min(1, data[a * cosine.columns + b]! + 0.1 * normal(random)));
      data[a * cosine.columns + b] = data[b * cosine.columns + a] = value;
    }
  }
  return matrix(cosine.rows, cosine.columns, data);
}

/** Bases and targets of all pairs, alternating. */
function sampleUnembeddings(
  { pairs, zeroes = [], turned = [] }: SampleConcept,
  shared: Float64Array,
  random: () => number,
): Matrix {
  const own = Float64Array.from({ length: hidden }, () => normal(random));
  const spread = 0.8 + random();
  const words = new Float32Array(pairs.length * 2 * hidden);
  pairs.forEach((_, i) => {
    const sign = turned.includes(i) ? -1 : 1;
    for (let j = 0; j < hidden; j++) {
      const base = normal(random);
      const difference = sign * (own[j]! + 0.25 * shared[j]!) + spread * normal(random);
      words[2 * i * hidden + j] = base;
      words[(2 * i + 1) * hidden + j] = zeroes.includes(i) ? base : base + difference;
    }
  });
  return matrix(pairs.length * 2, hidden, words);
}

export function keptPair(base: string, target: string): PairResult {
  const pieces = { basePieces: [`▁${base}`], targetPieces: [`▁${target}`] };
  const ids = { baseIds: [tokenId(base)], targetIds: [tokenId(target)] };
  return { base, target, ...ids, ...pieces, status: 'kept' };
}

/** The same id for the same word, below 32,000. */
export function tokenId(word: string): number {
  let hash = 0;
  for (const letter of word) hash = (hash * 131 + letter.codePointAt(0)!) % 31_973;
  return 3 + hash;
}

export function severalTokens(base: string, target: string, targetPieces: readonly string[]): PairResult {
  const targetIds = targetPieces.map((_, index) => index + 3);
  return { ...keptPair(base, target), targetIds, targetPieces, status: 'several-tokens' };
}

export function leftOutPair(base: string, target: string): PairResult {
  return { ...keptPair(base, target), status: 'left-out' };
}

function samePair(base: string, target: string): PairResult {
  return { ...keptPair(base, target), status: 'duplicate' };
}
