import { version } from '../../package.json';
import type { Concept } from '../concepts/concept';
import { chosenIds, type TokenRule } from '../concepts/tokenRule';
import { differences, type RowPair } from '../geometry/differences';
import { matrix, type Matrix } from '../geometry/matrix';
import {
  conceptDirection,
  cosinesWith,
  leaveOneOutCosines,
  meanOfDefined,
  meanPairwiseCosine,
  pairwiseCosine,
} from '../geometry/parallelism';
import type { Model } from '../model/model';
import { ModelError } from '../model/modelError';
import type { ProbeRequest } from '../protocol/engineMessages';
import type { Progress } from '../protocol/panelMessages';
import {
  keptPairs,
  largestPairMap,
  type ConceptResult,
  type DirectionGeometry,
  type PairResult,
  type ProbeResult,
} from '../protocol/probeResult';
import { cutPairs } from './cutPairs';
import { meanRows } from './meanRows';
import { summarize } from './modelDetails';

/**
 * Words → token ids → rows of U → differences → geometry, for every concept of the request.
 *
 * @throws ModelError if the model's files are missing or damaged
 */
export function probe(
  model: Model,
  request: ProbeRequest,
  progress: (progress: Progress) => void,
): ProbeResult {
  progress({ message: 'Looking the words up', fraction: null });
  if (request.tokens.leadingSpace) model.tokenizer.prepare(wordsOf(request.concepts));
  const cut = request.concepts.map((concept) => ({
    ...concept,
    pairs: cutPairs(concept.pairs, model.tokenizer, request.tokens),
  }));
  progress({ message: 'Reading their unembedding vectors', fraction: null });
  const rows = readRows(
    model,
    cut.flatMap((concept) => concept.pairs),
    request.tokens,
  );
  const directions = new Map<string, Float64Array>();
  const concepts = cut.map((concept, index): ConceptResult => {
    progress({ message: `Comparing the pairs of ${concept.name}`, fraction: index / cut.length });
    const deltas = differences(rows.matrix, keptPairs(concept).map(rows.pairOf));
    const direction = conceptDirection(deltas);
    if (direction.some((value) => value !== 0)) directions.set(concept.name, direction);
    return conceptResult(concept, deltas, direction);
  });
  return {
    schema: 1,
    version,
    seed: request.seed,
    tokens: request.tokens,
    model: summarize(model),
    concepts,
    directions: { euclidean: directionGeometry(directions, model.unembedding.head.hiddenSize) },
  };
}

function wordsOf(concepts: readonly Concept[]): string[] {
  return concepts.flatMap(({ pairs }) => pairs.flatMap(({ base, target }) => [base, target]));
}

interface Rows {
  /** One row for each word that stands in a kept pair, however many pairs it stands in. */
  readonly matrix: Matrix;
  readonly pairOf: (pair: PairResult) => RowPair;
}

/** The vectors that stand for words: a row of U, or the mean of several. */
function readRows(model: Model, pairs: readonly PairResult[], { policy }: TokenRule): Rows {
  refuseForeignTokens(model, pairs);
  const idsOf = (ids: readonly number[]): readonly number[] => chosenIds(ids, policy);
  const words = new Map<string, readonly number[]>();
  for (const { baseIds, targetIds } of keptPairs({ pairs })) {
    for (const ids of [idsOf(baseIds), idsOf(targetIds)]) words.set(ids.join(), ids);
  }
  const position = new Map([...words.keys()].map((key, index) => [key, index]));
  const place = (ids: readonly number[]): number => position.get(idsOf(ids).join())!;
  return {
    matrix: meanRows(model.unembedding, [...words.values()]),
    pairOf: ({ baseIds, targetIds }) => ({ base: place(baseIds), target: place(targetIds) }),
  };
}

/** A tokenizer of another model would give ids beyond the head's rows, or worse, wrong rows. */
function refuseForeignTokens(model: Model, pairs: readonly PairResult[]): void {
  const { vocabSize } = model.unembedding.head;
  const largest = pairs
    .flatMap(({ baseIds, targetIds }) => [...baseIds, ...targetIds])
    .reduce((a, b) => Math.max(a, b), -1);
  if (largest < vocabSize) return;
  const { name, onnxFile } = model.folder;
  throw new ModelError(
    `tokenizer.json of ${name} knows token ${largest}, but ${onnxFile} has ${vocabSize} tokens; take both from the same model.`,
  );
}

type CutConcept = Omit<Concept, 'pairs'> & { readonly pairs: readonly PairResult[] };

function conceptResult(concept: CutConcept, deltas: Matrix, direction: Float64Array): ConceptResult {
  const withDirection = cosinesWith(direction, deltas);
  const looCosines = leaveOneOutCosines(deltas);
  let position = 0;
  const pairs = concept.pairs.map((pair): PairResult => {
    if (pair.status !== 'kept') return pair;
    const cosine = withDirection[position++]!;
    return { ...pair, cosine: deltas.rows < 2 || Number.isNaN(cosine) ? null : cosine };
  });
  return {
    name: concept.name,
    given: concept.pairs.length,
    kept: deltas.rows,
    pairs,
    euclidean: {
      meanCosine: meanPairwiseCosine(deltas),
      leaveOneOut: { mean: meanOfDefined(looCosines), cosines: looCosines },
      pairwise: deltas.rows > largestPairMap ? null : pairwiseCosine(deltas),
    },
  };
}

function directionGeometry(
  directions: ReadonlyMap<string, Float64Array>,
  hiddenSize: number,
): DirectionGeometry {
  const data = new Float64Array(directions.size * hiddenSize);
  [...directions.values()].forEach((direction, index) => {
    data.set(direction, index * hiddenSize);
  });
  return {
    concepts: [...directions.keys()],
    cosine: pairwiseCosine(matrix(directions.size, hiddenSize, data)),
  };
}
