import { t } from '@vscode/l10n';
import { ancestorsOf } from '../../concepts/categories';
import { ModelError, UserError } from '../../errors';
import {
  categoryProducts,
  childParentCosine,
  hierarchyChance,
  type CategoryRows,
} from '../../geometry/categoryHierarchy';
import { categoryVector } from '../../geometry/categoryVector';
import { heldOutWords } from '../../geometry/heldOutWords';
import { matrix, type Matrix } from '../../geometry/matrix';
import { mean } from '../../geometry/moments';
import { randomSource } from '../../geometry/random';
import { separation } from '../../geometry/separation';
import { clampCosine } from '../../geometry/vector';
import type { Model } from '../../model/model';
import {
  mostCategoryWords,
  type CategoriesRequest,
  type CategoriesResult,
  type CategoryResult,
} from '../../protocol/categoriesResult';
import type { ReportProgress } from '../../protocol/progress';
import type { ModelGeometry } from '../modelGeometry';
import { categoryWords, type TokenizedCategories } from '../words/categoryWords';
import { streamOf, streams } from '../geometry/streams';
import { categoryGram } from './categoryGram';
import { siblingsOf } from './siblings';

/**
 * The vectors of categories in the causal inner product, how far held-out words lie along them, whether what a category adds to
 * its parent is orthogonal to it, and siblings as simplices (Park, Choe, Jiang & Veitch 2406.01506).
 *
 * @throws UserError if there is no category, or none keeps a word; ModelError if the model cannot be read
 */
export async function categories(
  model: Model,
  geometry: ModelGeometry,
  request: CategoriesRequest,
  progress: ReportProgress,
): Promise<CategoriesResult> {
  const { seed, settings } = request;
  if (request.categories.length === 0)
    throw new UserError(t('There are no categories; add some to the concept file.'));
  const read = categoryWords(request.categories, model.tokenizer, request.tokens);
  checkWords(model, read);
  const { gram, words, pool, dimensions } = await categoryGram(geometry, read.lists, request, progress);
  progress({ message: t('Comparing categories'), fraction: null });
  const place = new Map(read.categories.map(({ name }, i) => [name, i]));
  const rows = read.categories.map(({ rows: own, parent }): CategoryRows => ({
    words: own,
    parent: parent === null ? null : place.get(parent)!,
  }));
  const vectors = rows.map((one) => categoryVector(gram, one.words, dimensions));
  const products = categoryProducts(gram, rows, vectors);
  const cosines = rows.map(({ parent }, i) =>
    parent === null ? NaN : childParentCosine(products, rows.length, i, parent),
  );
  const chance = hierarchyChance(
    gram,
    rows,
    { words, pool, dimensions },
    cosines,
    settings.permutations,
    randomSource(seed, streams.categories),
  );
  const results = read.categories.map(({ rows: own, ...category }, i): CategoryResult => {
    const vector = vectors[i] ?? null;
    const stream = streamOf('folds', own.map((one) => read.lists[one]!.join()).join(' '));
    const held = heldOutWords(gram, own, pool, dimensions, randomSource(seed, stream));
    const separated = held && separation(held.others, held.words);
    return {
      ...category,
      kept: own.length,
      norm: vector && Math.sqrt(vector.squaredNorm),
      shrinkage: vector?.shrinkage ?? null,
      heldOut: separated && { ...held, separation: separated },
      toParent: Number.isNaN(cosines[i]!)
        ? null
        : {
            cosine: cosines[i]!,
            chance: chance[i]!,
            otherParents: otherParents(request, products, i),
          },
    };
  });
  return {
    ...{ seed, draws: settings.permutations, randomTokens: pool.length, categories: results },
    cosine: cosinesOf(products, rows.length),
    simplices: siblingsOf(read.categories, gram, vectors, products),
  };
}

/** @throws UserError, ModelError */
function checkWords({ unembedding, tokenizer, folder }: Model, { lists }: TokenizedCategories): void {
  if (lists.length === 0)
    throw new UserError(t('No word of the categories counts under the token rule; choose another rule.'));
  if (lists.length > mostCategoryWords)
    throw new UserError(
      t`The categories have ${lists.length} words; at most ${mostCategoryWords} can be compared. Leave some categories out.`,
    );
  const { vocabSize } = unembedding.head;
  const largest = lists.flat().reduce((a, b) => Math.max(a, b), -1);
  if (largest >= vocabSize)
    throw new ModelError(
      t`${tokenizer.label} knows token ${largest}, but ${folder.file} has ${vocabSize} tokens; take both from the same model.`,
    );
}

/** The mean of {@link childParentCosine} over categories that are no kin of the child, as its parent. */
function otherParents(
  { categories: all }: CategoriesRequest,
  products: Float64Array,
  child: number,
): number | null {
  const byName = new Map(all.map((category) => [category.name, category]));
  const { name } = all[child]!;
  const ancestors = ancestorsOf(name, byName);
  const values = all.flatMap((other, i) =>
    other.name === name || ancestors.includes(other.name) || ancestorsOf(other.name, byName).includes(name)
      ? []
      : [childParentCosine(products, all.length, child, i)],
  );
  const value = mean(values);
  return Number.isNaN(value) ? null : value;
}

function cosinesOf(products: Float64Array, n: number): Matrix {
  const data = products.map((value, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return i === j && !Number.isNaN(value)
      ? 1
      : clampCosine(value / Math.sqrt(products[i * n + i]! * products[j * n + j]!));
  });
  return matrix(n, n, data);
}
