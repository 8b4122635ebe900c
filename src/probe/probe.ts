import { ModelError, UserError } from '../errors';
import { version } from '../../package.json';
import type { Concept } from '../concepts/concept';
import { chosenIds, type TokenPolicy, type TokenRule } from '../concepts/tokenRule';
import type { RowPair } from '../geometry/differences';
import { randomControl } from '../geometry/randomControl';
import type { Matrix } from '../geometry/matrix';
import { randomSource } from '../geometry/random';
import type { TokenWeights } from '../geometry/sharing';
import type { Model } from '../model/model';
import type { ProbeRequest } from '../protocol/engineMessages';
import type { ConceptGeometry, InnerProduct } from '../protocol/geometryResult';
import {
  keptPairs,
  type ConceptResult,
  type PairResult,
  type ProbeResult,
  type ProbeSettings,
} from '../protocol/probeResult';
import { cutPairs } from './cutPairs';
import { markEqualRows } from './equalRows';
import { otherCapitals, withOtherCapitals } from './otherCapitals';
import type { ReportProgress } from '../protocol/progress';
import { meanRows } from './meanRows';
import { summarize } from './modelDetails';
import { covarianceSummary, type ModelGeometry } from './modelGeometry';
import { PairVectors } from './pairVectors';
import type { RowSource } from './rowSource';
import { ProductProbe, type NamedPairs, type ProductGeometry } from './productGeometry';
import { streams } from './streams';

/**
 * Words → token ids → rows of U → differences → geometry, for every concept of the request, in both inner products.
 *
 * @throws ModelError if the model's files are missing or damaged; UserError if there is no causal product
 */
export async function probe(
  model: Model,
  geometry: ModelGeometry,
  given: ProbeRequest,
  progress: ReportProgress,
): Promise<ProbeResult> {
  const { settings, seed, tokens } = given;
  progress({ message: 'Looking the words up', fraction: null });
  const euclideanRows = await geometry.source('euclidean', null, progress);
  const { cut, concepts, raw } = await readPairs(model, euclideanRows, given, () => {
    progress({ message: 'Reading the words’ unembedding vectors', fraction: null });
  });
  const vectors = new PairVectors(raw);
  const begin = async (product: InnerProduct): Promise<Begun> => {
    const wanted = settingsFor(product, settings);
    const source = await geometry.source(product, wanted.ridge, progress);
    const memory = geometry.memory(source);
    const context = { settings: wanted, seed, algebra: geometry.algebra, memory };
    return { source, settings: wanted, product: new ProductProbe(source, vectors, concepts, context) };
  };
  const finish = async ({ source, settings, product }: Begun): Promise<ProductGeometry> => {
    const { randomPairs } = settings;
    const baseline = randomPairs === 0 ? null : await geometry.baseline(source, seed, randomPairs);
    return product.complete(baseline, (index) => {
      progress({ message: `Comparing the pairs of ${cut[index]!.name}`, fraction: index / cut.length });
    });
  };
  let causalProblem: string | null = null;
  /** A head without a covariance, or with a broken row somewhere, still has its Euclidean geometry. */
  const orProblem = async <T>(work: Promise<T>): Promise<T | null> => {
    try {
      return await work;
    } catch (error) {
      const isOfHead = error instanceof UserError;
      if (!isOfHead || !settings.products.includes('euclidean')) throw error;
      causalProblem = error.message;
      return null;
    }
  };
  const resultOf = async (
    euclidean: ProductGeometry,
    causal: ProductGeometry | null,
  ): Promise<ProbeResult> => ({
    schema: 1,
    version,
    seed,
    tokens,
    model: summarize(model),
    settings,
    covariance: causal && covarianceSummary(await geometry.causal(settings.ridge, progress)),
    causalProblem,
    concepts: cut.map((concept, index) =>
      conceptResult(concept, euclidean.concepts[index]!, causal?.concepts[index] ?? null),
    ),
    directions: {
      euclidean: euclidean.directions,
      causal: causal?.directions ?? null,
      control: randomControl(
        euclidean.directions.cosine,
        model.unembedding.head.hiddenSize,
        randomSource(seed, streams.control),
      ),
    },
  });
  const euclidean = await begin('euclidean');
  const causal = settings.products.includes('causal') ? await orProblem(begin('causal')) : null;
  if (given.early) {
    const found = await euclidean.product.early();
    const result = await resultOf(found, causal && (await orProblem(causal.product.early())));
    const message = 'Comparing with chance';
    await progress({ message, fraction: null, early: { ...result, isEarly: true } });
  }
  const result = await resultOf(await finish(euclidean), causal && (await orProblem(finish(causal))));
  if (tokens.leadingSpace) model.tokenizer.completeWhenIdle();
  return result;
}

/** A product whose rows can be had. */
interface Begun {
  readonly source: RowSource;
  readonly settings: ProbeSettings;
  readonly product: ProductProbe;
}

/** The Euclidean product is always there, but compared with chance only where it is asked for. */
function settingsFor(product: InnerProduct, settings: ProbeSettings): ProbeSettings {
  if (settings.products.includes(product)) return settings;
  return { ...settings, randomPairs: 0, permutations: 0, bootstrap: 0 };
}

export type CutConcept = Omit<Concept, 'pairs'> & { readonly pairs: readonly PairResult[] };

/** Concepts with the rows of U of their words. */
export interface ReadPairs extends WordRows {
  readonly cut: readonly CutConcept[];
  /** Rows of U for {@link WordRows.lists}, `[words, hidden]`. */
  readonly raw: Matrix;
}

/**
 * Which pairs count, and the rows of those.
 *
 * @param euclidean rows of U as they are
 * @param onRead told before the rows are read
 * @throws ModelError if the tokenizer is not that of the head or rows cannot be read
 */
export async function readPairs(
  model: Model,
  euclidean: Pick<RowSource, 'rows'>,
  request: Pick<ProbeRequest, 'concepts' | 'tokens'>,
  onRead?: () => void,
): Promise<ReadPairs> {
  const { tokens } = request;
  const all = cutConcepts(model, request);
  const words = wordRows(all, tokens);
  onRead?.();
  const raw = await meanRows(euclidean, words.lists);
  const cut = all.map((concept, index) => ({
    ...concept,
    pairs: markEqualRows(concept.pairs, words.concepts[index]!.pairs, raw, tokens.policy),
  }));
  if (cut.every(({ pairs }, index) => pairs === all[index]!.pairs)) return { cut, ...words, raw };
  const counted = wordRows(cut, tokens);
  return { cut, ...counted, raw: await meanRows(euclidean, counted.lists) };
}

/** @throws ModelError if the tokenizer is not that of the head */
export function cutConcepts(
  model: Model,
  { concepts, tokens }: Pick<ProbeRequest, 'concepts' | 'tokens'>,
): CutConcept[] {
  const { tokenizer } = model;
  if (tokens.leadingSpace)
    tokenizer.prepare(wordsOf(concepts).flatMap((word) => [word, ...otherCapitals(word)]));
  const cut = concepts.map((concept) => ({
    ...concept,
    pairs: withOtherCapitals(cutPairs(concept.pairs, tokenizer, tokens), tokenizer, tokens),
  }));
  refuseForeignTokens(
    model,
    cut.flatMap(({ pairs }) => pairs),
  );
  return cut;
}

function wordsOf(concepts: readonly Concept[]): string[] {
  return concepts.flatMap(({ pairs }) => pairs.flatMap(({ base, target }) => [base, target]));
}

/** Which tokens' rows stand for the words of the kept pairs, and which of those make up each pair. */
export interface WordRows {
  /** One entry for each word, however many pairs it stands in: the ids whose mean row it is. */
  readonly lists: readonly (readonly number[])[];
  readonly concepts: readonly NamedPairs[];
}

export function wordRows(concepts: readonly CutConcept[], { policy }: TokenRule): WordRows {
  const places = new Map<string, number>();
  const lists: (readonly number[])[] = [];
  const place = (all: readonly number[]): number => {
    const ids = chosenIds(all, policy);
    const key = ids.join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, lists.length);
    return lists.push(ids) - 1;
  };
  const pairOf = ({ baseIds, targetIds }: PairResult): RowPair => ({
    base: place(baseIds),
    target: place(targetIds),
  });
  return {
    concepts: concepts.map(({ name, pairs }) => {
      const kept = keptPairs({ pairs });
      const key = kept.map(({ baseIds, targetIds }) => `${baseIds.join()}>${targetIds.join()}`).join(' ');
      return {
        name,
        pairs: kept.map(pairOf),
        differences: kept.map((pair) => tokenWeights(pair, policy)),
        key: `${policy} ${key}`,
      };
    }),
    lists,
  };
}

function tokenWeights({ baseIds, targetIds }: PairResult, policy: TokenPolicy): TokenWeights {
  const weights = new Map<number, number>();
  const add = (all: readonly number[], sign: 1 | -1): void => {
    const ids = chosenIds(all, policy);
    for (const id of ids) weights.set(id, (weights.get(id) ?? 0) + sign / ids.length);
  };
  add(baseIds, -1);
  add(targetIds, 1);
  return weights;
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

function conceptResult(
  concept: CutConcept,
  euclidean: ConceptGeometry,
  causal: ConceptGeometry | null,
): ConceptResult {
  const kept = euclidean.withDirection.length;
  let position = 0;
  const pairs = concept.pairs.map((pair): PairResult => {
    if (pair.status !== 'kept') return pair;
    const cosine = euclidean.withDirection[position++]!;
    return { ...pair, cosine: kept < 2 || Number.isNaN(cosine) ? null : cosine };
  });
  return { name: concept.name, given: concept.pairs.length, kept, pairs, euclidean, causal };
}
