import { stack } from '../geometry/matrix';
import type { Model } from '../model/model';
import type { VocabularyRequest } from '../protocol/engineMessages';
import type { TokenScore, VocabularyAxis, VocabularyResult } from '../protocol/vocabularyResult';
import { column, conceptAxis, vocabularyScores } from './conceptAxis';
import type { ReportProgress } from './engineMethods';
import type { ModelGeometry } from './modelGeometry';

/** The whole vocabulary on one or two concept directions. @throws RangeError, ModelError as conceptAxis */
export async function vocabulary(
  model: Model,
  geometry: ModelGeometry,
  request: VocabularyRequest,
  progress: ReportProgress,
): Promise<VocabularyResult> {
  const names = request.y === null ? [request.x] : [request.x, request.y];
  const axes = [];
  for (const name of names) axes.push(await conceptAxis(model, geometry, request, name, progress));
  const { vocabSize, hiddenSize } = model.unembedding.head;
  const vectors = stack(
    axes.map(({ direction }) => direction),
    hiddenSize,
  );
  const scores = await vocabularyScores(geometry, request, vectors, progress);
  const pieces = model.tokenizer.pieces(vocabSize);
  const [x, y] = names.map((concept, index) => axisOf(concept, column(scores, index), pieces, request.count));
  return {
    product: request.product,
    x: x!,
    y: y ?? null,
    correlation: y ? correlation(x!.scores, y.scores) : null,
    pieces,
  };
}

function axisOf(
  concept: string,
  scores: Float32Array,
  pieces: readonly string[],
  count: number,
): VocabularyAxis {
  const order = Int32Array.from(scores.keys()).sort((a, b) => scores[b]! - scores[a]!);
  const named = (ids: Int32Array): TokenScore[] =>
    Array.from(ids, (id) => ({ id, piece: pieces[id]!, score: scores[id]! }));
  const bottom = order
    .subarray(Math.max(0, order.length - count))
    .slice()
    .reverse();
  return { concept, scores, top: named(order.subarray(0, count)), bottom: named(bottom) };
}

/** Pearson's, of values whose means are 0. */
function correlation(x: Float32Array, y: Float32Array): number {
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += x[i]! * y[i]!;
    xx += x[i]! ** 2;
    yy += y[i]! ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}
