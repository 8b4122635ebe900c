import { t } from '@vscode/l10n';
import { matrix, type Matrix } from '../../geometry/matrix';
import { randomSource } from '../../geometry/random';
import { randomTokenSample } from '../../geometry/randomTokens';
import type { CategoriesRequest } from '../../protocol/categoriesResult';
import type { ReportProgress } from '../../protocol/progress';
import { usableRows } from '../geometry/baseline';
import { streams } from '../geometry/streams';
import type { ModelGeometry } from '../modelGeometry';
import { meanRows } from '../words/meanRows';

/** Random tokens, or as many as there are words if these are more. */
const fewestRandomTokens = 1000;

/** Everything that vectors of categories are computed from. */
export interface CategoryGram {
  /** Inner products of the words' rows and those of the random tokens, whitened, `[words + pool, words + pool]`. */
  readonly gram: Matrix;
  readonly words: number;
  /** Rows of the random tokens in `gram`. */
  readonly pool: readonly number[];
  /** Hidden size of the model. */
  readonly dimensions: number;
}

/** @param lists the tokens of each word; the random tokens are others */
export async function categoryGram(
  geometry: ModelGeometry,
  lists: readonly (readonly number[])[],
  { seed, settings }: CategoriesRequest,
  progress: ReportProgress,
): Promise<CategoryGram> {
  const euclidean = await geometry.source('euclidean', null, progress);
  const causal = await geometry.source('causal', settings.ridge, progress);
  progress({ message: t('Comparing categories'), fraction: null });
  const ofWords = await causal.placed(await meanRows(euclidean, lists));
  const taken = new Set(lists.flat());
  const { ids } = geometry.rows;
  const count = Math.max(fewestRandomTokens, lists.length);
  const sample = randomTokenSample(ids.length, count + taken.size, randomSource(seed, streams.categoryPool));
  const random = [...sample]
    .map((place) => ids[place]!)
    .filter((id) => !taken.has(id))
    .slice(0, count);
  const ofPool = await causal.placed(usableRows(geometry.unembedding, random));
  const { columns } = ofWords;
  const [words, all] = [ofWords.rows, ofWords.rows + ofPool.rows];
  const data = new Float32Array(all * columns);
  data.set(ofWords.data);
  data.set(ofPool.data, words * columns);
  const rows = matrix(all, columns, data);
  return {
    gram: await geometry.algebra.multiply(rows, rows),
    words,
    pool: Array.from({ length: ofPool.rows }, (_, i) => words + i),
    dimensions: columns,
  };
}
