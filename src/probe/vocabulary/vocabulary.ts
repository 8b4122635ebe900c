import { stack } from '../../geometry/matrix';
import type { Model } from '../../model/model';
import type { VocabularyRequest } from '../../protocol/engineMessages';
import type { TokenScore, VocabularyAxis, VocabularyResult } from '../../protocol/vocabularyResult';
import { column, conceptAxis, paddingOf, vocabularyScores } from './conceptAxis';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';

/** The whole vocabulary on one or two concept directions. @throws UserError, ModelError see {@link conceptAxis} */
export async function vocabulary(
  model: Model,
  geometry: ModelGeometry,
  request: VocabularyRequest,
  progress: ReportProgress,
): Promise<VocabularyResult> {
  const names = request.y === null ? [request.x] : [request.x, request.y];
  const axes = [];
  for (const name of names) axes.push(await conceptAxis(model, geometry, request, name, progress));
  const { hiddenSize } = model.unembedding.head;
  const vectors = stack(
    axes.map(({ direction }) => direction),
    hiddenSize,
  );
  const scores = await vocabularyScores(geometry, request, vectors, progress);
  const { ids, size } = geometry.rows;
  const pieces = model.tokenizer.pieces(size);
  const [x, y] = names.map((concept, index) => {
    const values = column(scores, index);
    return { concept, scores: values, ...endsOf(values, ids, pieces, request.count) };
  });
  return {
    product: request.product,
    x: x!,
    y: y ?? null,
    correlation: y ? correlation(x!.scores, y.scores, ids) : null,
    pieces,
    tokens: ids.length,
    ...paddingOf(model, request),
  };
}

function endsOf(
  scores: Float32Array,
  ids: Int32Array,
  pieces: readonly string[],
  count: number,
): Pick<VocabularyAxis, 'top' | 'bottom'> {
  const order = ids.slice().sort((a, b) => scores[b]! - scores[a]!);
  const named = (some: Int32Array): TokenScore[] =>
    Array.from(some, (id) => ({ id, piece: pieces[id]!, score: scores[id]! }));
  const bottom = order
    .subarray(Math.max(0, order.length - count))
    .slice()
    .reverse();
  return { top: named(order.subarray(0, count)), bottom: named(bottom) };
}

/** Pearson correlation of values with mean 0. */
function correlation(x: Float32Array, y: Float32Array, ids: Int32Array): number {
  let [xy, xx, yy] = [0, 0, 0];
  for (const id of ids) {
    xy += x[id]! * y[id]!;
    xx += x[id]! ** 2;
    yy += y[id]! ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
