import { UserError } from '../../errors';
import { differences } from '../../geometry/differences';
import { matrix, row, stack, type Matrix } from '../../geometry/matrix';
import { pairwiseCosine } from '../../geometry/parallelism';
import type { InnerProduct } from '../../protocol/geometryResult';
import type { ManyModelsRequest } from '../../protocol/manyModels';
import type { ReportProgress } from '../../protocol/progress';
import type { OpenModel } from '../compareModels';
import { intervalOf, measureConcept, type MeasuredConcept } from '../geometry/conceptGeometry';
import { readPairs, type ReadPairs } from '../words/readPairs';

/** What is kept of a model after it is closed: numbers of pairs and concepts, no rows. */
export interface MeasuredModel {
  readonly euclidean: MeasuredProduct;
  readonly causal: MeasuredProduct | null;
  readonly causalProblem: string | null;
}

export interface MeasuredProduct {
  readonly concepts: readonly MeasuredMean[];
  /** Cosines between the directions of the common pairs, NaN where there is no direction. `[concepts, concepts]` */
  readonly map: Matrix;
}

/** Mean leave-one-out cosines; NaN if undefined. */
export interface MeasuredMean {
  /** Of the pairs that the model keeps. */
  readonly own: number;
  /** Of the pairs that all models keep. */
  readonly common: number;
  readonly interval: ReturnType<typeof intervalOf>;
  /** Influence of each common pair on the mean. */
  readonly influences: Float64Array;
}

/**
 * Measures the concepts in one model.
 *
 * @param isKept of each concept, which of its pairs every model keeps
 * @throws UserError if the model cannot be read
 */
export async function measureModel(
  { model, geometry }: OpenModel,
  request: ManyModelsRequest,
  isKept: readonly (readonly boolean[])[],
  progress: ReportProgress,
): Promise<MeasuredModel> {
  const { products, ridge } = request.settings;
  const euclideanRows = await geometry.source('euclidean', null, progress);
  const read = await readPairs(model, euclideanRows, request);
  const inProduct = async (product: InnerProduct): Promise<MeasuredProduct> => {
    const source = await geometry.source(product, ridge, progress);
    const { raw, concepts } = read;
    const deltas = await source.mapped(concepts.map(({ pairs }) => differences(raw, pairs)));
    return measureProduct(deltas, read, isKept, request, (own) =>
      measureConcept(own, request.settings.direction, geometry.algebra),
    );
  };
  const euclidean = await inProduct('euclidean');
  if (!products.includes('causal')) return { euclidean, causal: null, causalProblem: null };
  try {
    return { euclidean, causal: await inProduct('causal'), causalProblem: null };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { euclidean, causal: null, causalProblem: error.message };
  }
}

async function measureProduct(
  deltas: readonly Matrix[],
  { tokenized, concepts }: ReadPairs,
  isKept: readonly (readonly boolean[])[],
  { settings, seed }: ManyModelsRequest,
  measure: (deltas: Matrix) => Promise<MeasuredConcept>,
): Promise<MeasuredProduct> {
  const directions: Float64Array[] = [];
  const means: MeasuredMean[] = [];
  for (const [index, own] of deltas.entries()) {
    const { pairs } = tokenized[index]!;
    const kept = pairs.flatMap(({ status }, i) => (status === 'kept' ? [i] : []));
    const common = kept.flatMap((i, position) => (isKept[index]![i] ? [position] : []));
    const ofOwn = await measure(own);
    const ofCommon = common.length === own.rows ? ofOwn : await measure(rowsOf(own, common));
    const key = concepts[index]!.key;
    directions.push(ofCommon.summary.direction);
    means.push({
      own: ofOwn.geometry.leaveOneOut.mean ?? NaN,
      common: ofCommon.geometry.leaveOneOut.mean ?? NaN,
      // With the same pairs, the same interval as in the model's own probe.
      interval: intervalOf(ofCommon, settings, key, seed),
      influences: ofCommon.influences,
    });
  }
  return { concepts: means, map: pairwiseCosine(stack(directions, directions[0]?.length ?? 0)) };
}

function rowsOf(source: Matrix, rows: readonly number[]): Matrix {
  const data = new Float32Array(rows.length * source.columns);
  rows.forEach((each, i) => {
    data.set(row(source, each), i * source.columns);
  });
  return matrix(rows.length, source.columns, data);
}
