import { categoryVector, type CategoryVector } from './categoryVector';
import type { Matrix } from './matrix';
import { quantile } from './quantile';
import { shuffle, type RandomSource } from './random';
import { clampCosine } from './vector';

/** A category as rows of the Gram matrix, with the place of its parent in the list of categories. */
export interface CategoryRows {
  readonly words: readonly number[];
  readonly parent: number | null;
}

/** Inner products of the vectors of all categories, `[categories, categories]`; NaN for one without a vector. */
export function categoryProducts(
  { columns, data }: Matrix,
  categories: readonly CategoryRows[],
  vectors: readonly (CategoryVector | null)[],
): Float64Array {
  const n = categories.length;
  const products = new Float64Array(n * n).fill(NaN);
  const images = new Float64Array(columns);
  for (const [a, vector] of vectors.entries()) {
    if (!vector) continue;
    // γ(y)ᵀℓ of every row y.
    images.fill(0);
    categories[a]!.words.forEach((row, i) => {
      for (let y = 0; y < columns; y++) images[y]! += vector.weights[i]! * data[row * columns + y]!;
    });
    for (let b = 0; b <= a; b++) {
      const other = vectors[b];
      if (!other) continue;
      const value = categories[b]!.words.reduce((sum, row, i) => sum + other.weights[i]! * images[row]!, 0);
      products[a * n + b] = products[b * n + a] = value;
    }
  }
  return products;
}

/**
 * cos(ℓ_child − ℓ_parent, ℓ_parent), which is 0 if the child only adds to its parent what is independent of it (hierarchical
 * orthogonality, Park et al. 2406.01506); NaN without one of the vectors.
 */
export function childParentCosine(
  products: Float64Array,
  categories: number,
  child: number,
  parent: number,
): number {
  const at = (a: number, b: number): number => products[a * categories + b]!;
  const both = at(child, parent);
  const squared = at(child, child) - 2 * both + at(parent, parent);
  return clampCosine((both - at(parent, parent)) / Math.sqrt(squared * at(parent, parent)));
}

/** What {@link childParentCosine} is for random rows in the place of words. */
export interface HierarchyChance {
  readonly mean: number;
  /** 5 % and 95 % quantiles. */
  readonly low: number;
  readonly high: number;
  /** Share of the draws, this one included, that are as close to orthogonal as the words. */
  readonly p: number;
}

/**
 * Chance by shuffled rows: each draw gives every word another row of `pool`, so that all categories keep their sizes and their
 * common words (Park et al. 2406.01506 shuffle the rows of U). `null` for a category without a parent or a cosine.
 *
 * @param gram inner products of all rows, with those of `pool`
 * @param words number of different words: rows 0 … words − 1 of `gram`
 * @param observed the cosines of the words, for each category
 */
export function hierarchyChance(
  gram: Matrix,
  categories: readonly CategoryRows[],
  { words, pool, dimensions }: { words: number; pool: readonly number[]; dimensions: number },
  observed: readonly number[],
  draws: number,
  random: RandomSource,
): readonly (HierarchyChance | null)[] {
  const inHierarchy = new Set(
    categories.flatMap(({ parent }, i) => (parent === null || Number.isNaN(observed[i]!) ? [] : [i, parent])),
  );
  const drawn: number[][] = categories.map(() => []);
  const rows = Int32Array.from(pool);
  for (let draw = 0; draw < (rows.length < words || inHierarchy.size === 0 ? 0 : draws); draw++) {
    shuffle(rows, random);
    const shuffled = categories.map(({ words: own, parent }) => ({
      words: own.map((word) => rows[word]!),
      parent,
    }));
    const vectors = shuffled.map(({ words: own }, i) =>
      inHierarchy.has(i) ? categoryVector(gram, own, dimensions) : null,
    );
    const products = categoryProducts(gram, shuffled, vectors);
    for (const i of inHierarchy) {
      const { parent } = categories[i]!;
      if (parent === null) continue;
      drawn[i]!.push(childParentCosine(products, categories.length, i, parent));
    }
  }
  return drawn.map((values, i) => (values.length === 0 ? null : chanceOf(values, observed[i]!)));
}

function chanceOf(values: readonly number[], observed: number): HierarchyChance {
  const sorted = Float64Array.from(values.filter((value) => !Number.isNaN(value))).sort();
  const closer = sorted.filter((value) => Math.abs(value) <= Math.abs(observed)).length;
  return {
    mean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    low: quantile(sorted, 0.05),
    high: quantile(sorted, 0.95),
    p: (closer + 1) / (sorted.length + 1),
  };
}
