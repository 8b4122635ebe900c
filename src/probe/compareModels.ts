import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { metricsOf } from '../format/conceptMetrics';
import { differenceInterval } from '../geometry/bootstrapInterval';
import { differences } from '../geometry/differences';
import type { ConceptNumbers } from '../geometry/conceptFormulas';
import { stack } from '../geometry/matrix';
import { offDiagonal } from '../geometry/offDiagonal';
import { pairwiseCosine } from '../geometry/parallelism';
import { randomSource } from '../geometry/random';
import type { Model } from '../model/model';
import type { CompareRequest } from '../protocol/engineMessages';
import { fewestForInterval, type InnerProduct } from '../protocol/geometryResult';
import type {
  BothModels,
  ComparedDirections,
  ComparedGeometry,
  ModelComparison,
} from '../protocol/modelComparison';
import { hasDirection, measureConcept, type MeasuredConcept } from './geometry/conceptGeometry';
import type { ReportProgress } from '../protocol/progress';
import type { ModelGeometry } from './modelGeometry';
import { probe } from './probe';
import { readPairs, type ReadPairs } from './words/readPairs';
import { streamOf } from './geometry/streams';

export interface OpenModel {
  readonly model: Model;
  readonly geometry: ModelGeometry;
}

/**
 * Probes the concepts in a second model, then compares both models on the pairs that both keep. Directions of the
 * comparison use these pairs alone, so that differences are due to the model, not to the list.
 *
 * @throws UserError see {@link probe}
 */
export async function compareModels(
  first: OpenModel,
  second: OpenModel,
  request: CompareRequest,
  progress: ReportProgress,
): Promise<ModelComparison> {
  const result = await probe(second.model, second.geometry, { ...request, model: request.other }, progress);
  progress({ message: t('Comparing the pairs that both models keep'), fraction: null });
  const { tokenized } = await read(first, request);
  const isKept = (concept: number, pair: number): boolean =>
    [tokenized, result.concepts].every((concepts) => concepts[concept]!.pairs[pair]!.status === 'kept');
  const concepts = request.concepts.map((concept, index) => ({
    ...concept,
    pairs: concept.pairs.filter((_, pair) => isKept(index, pair)),
  }));
  const both = await Promise.all([first, second].map((open) => read(open, { ...request, concepts })));
  const inProduct = async (product: InnerProduct): Promise<Compared> => {
    const measured: MeasuredConcept[][] = [];
    for (const [index, open] of [first, second].entries())
      measured.push(await measure(open, both[index]!, product, request, progress));
    return compared(measured as [MeasuredConcept[], MeasuredConcept[]], both[0]!, request);
  };
  const euclidean = await inProduct('euclidean');
  const causal = result.directions.causal ? await orNull(inProduct('causal')) : null;
  return {
    second: result,
    common: {
      concepts: concepts.map(({ name, pairs }, index) => ({
        name,
        pairs: pairs.length,
        euclidean: euclidean.concepts[index]!,
        causal: causal?.concepts[index] ?? null,
      })),
      euclidean: euclidean.directions,
      causal: causal?.directions ?? null,
    },
  };
}

async function read(
  { model, geometry }: OpenModel,
  request: Pick<CompareRequest, 'concepts' | 'tokens'>,
): Promise<ReadPairs> {
  return readPairs(model, await geometry.source('euclidean', null, () => undefined), request);
}

/** A head without a covariance still has its Euclidean geometry; its own result explains why. */
async function orNull<T>(made: Promise<T>): Promise<T | null> {
  try {
    return await made;
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

async function measure(
  { geometry }: OpenModel,
  { raw, concepts }: ReadPairs,
  product: InnerProduct,
  { settings }: CompareRequest,
  progress: ReportProgress,
): Promise<MeasuredConcept[]> {
  const source = await geometry.source(product, settings.ridge, progress);
  const measured: MeasuredConcept[] = [];
  for (const deltas of await source.mapped(concepts.map(({ pairs }) => differences(raw, pairs))))
    measured.push(await measureConcept(deltas, settings.direction, geometry.algebra));
  return measured;
}

interface Compared {
  readonly concepts: readonly ComparedGeometry[];
  readonly directions: ComparedDirections;
}

function compared(
  [first, second]: readonly [MeasuredConcept[], MeasuredConcept[]],
  { concepts }: ReadPairs,
  { settings, seed }: CompareRequest,
): Compared {
  const hasBoth = (index: number): boolean => hasDirection(first[index]!) && hasDirection(second[index]!);
  const [a, b] = [first, second].map((measured) => {
    const directions = measured.filter((_, index) => hasBoth(index)).map(({ summary }) => summary.direction);
    return offDiagonal(pairwiseCosine(stack(directions, directions[0]?.length ?? 0)));
  });
  return {
    concepts: concepts.map(({ key }, index): ComparedGeometry => {
      const [one, other] = [first[index]!, second[index]!];
      const random = randomSource(seed, streamOf('comparison', key));
      const enough = one.influences.length >= fewestForInterval && settings.direction !== 'principal';
      return {
        leaveOneOut: {
          ...bothModels(one.geometry.leaveOneOut.mean, other.geometry.leaveOneOut.mean),
          interval: enough
            ? differenceInterval(one.influences, other.influences, { resamples: settings.bootstrap, random })
            : null,
        },
        ...compareNumbers(one.geometry, other.geometry),
      };
    }),
    directions: {
      mean: bothModels(a?.mean ?? null, b?.mean ?? null),
      largest: bothModels(a?.largest ?? null, b?.largest ?? null),
    },
  };
}

function compareNumbers(
  first: ConceptNumbers,
  second: ConceptNumbers,
): Omit<ComparedGeometry, 'leaveOneOut'> {
  const names = metricsOf('compared')
    .map(({ compared }) => compared)
    .filter((name) => name !== 'leaveOneOut');
  return Object.fromEntries(names.map((name) => [name, bothModels(first[name], second[name])])) as ReturnType<
    typeof compareNumbers
  >;
}

function bothModels(first: number | null, second: number | null): BothModels {
  return { first, second, difference: first === null || second === null ? null : second - first };
}
