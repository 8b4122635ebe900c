import type { CategoryRows } from './categoryHierarchy';
import type { CategoryVector } from './categoryVector';
import { matrix, type Matrix } from './matrix';
import { symmetricEigen } from './symmetricEigen';

/** The vectors of sibling categories as the corners of a simplex, seen in three dimensions. */
export interface CategorySimplex {
  /** `[siblings, 3]` */
  readonly corners: Matrix;
  /** The words of all siblings, in the order of the siblings, on the same three axes, `[words, 3]`. */
  readonly words: Matrix;
  /** What lies at 0 on all axes: the mean of the vocabulary, or of the corners. */
  readonly center: 'vocabulary' | 'corners';
  /** Share of the corners' squared distances from the center that the three axes show. */
  readonly shown: number;
  /** ‖ℓᵢ − ℓⱼ‖ of each two corners: i = 1, j = 0; i = 2, j = 0; i = 2, j = 1; … All are equal in a regular simplex. */
  readonly edges: Float64Array;
}

/**
 * The corners on the three axes along which they differ most. With four or more corners these are the axes of the corners around their
 * mean, so that a tetrahedron is complete; fewer corners span fewer axes, so that theirs go through the mean of the vocabulary.
 *
 * @param products of the vectors of the siblings, `[siblings, siblings]`
 */
export function categorySimplex(
  gram: Matrix,
  siblings: readonly Pick<CategoryRows, 'words'>[],
  vectors: readonly CategoryVector[],
  products: Float64Array,
): CategorySimplex {
  const k = siblings.length;
  const isCentred = k > 3;
  const means = Float64Array.from({ length: k }, (_, i) => meanOf(products, i * k, k));
  const mean = isCentred ? meanOf(means, 0, k) : 0;
  const around = products.map((value, at) =>
    isCentred ? value - means[Math.floor(at / k)]! - means[at % k]! + mean : value,
  );
  const eigen = symmetricEigen(around, k);
  const axes = eigen.slice(0, 3);
  const total = eigen.reduce((sum, { value }) => sum + Math.max(0, value), 0);
  const usable = axes.filter(({ value }) => value > 1e-9 * total);
  const corners = new Float64Array(3 * k);
  usable.forEach(({ value, vector }, axis) => {
    for (let i = 0; i < k; i++) corners[3 * i + axis] = Math.sqrt(value) * vector[i]!;
  });
  return {
    corners: matrix(k, 3, corners),
    words: wordsOnAxes(gram, siblings, vectors, usable, isCentred ? means : new Float64Array(k)),
    center: isCentred ? 'corners' : 'vocabulary',
    shown: usable.reduce((sum, { value }) => sum + value, 0) / total,
    edges: edgesOf(products, k),
  };
}

/**
 * An axis is the unit vector Σ cᵢℓᵢ / √value for the eigenvector c; around the mean of the corners its components add up to 0,
 * so that the center drops out of it.
 *
 * @param center its inner product with each corner
 */
function wordsOnAxes(
  { columns, data }: Matrix,
  siblings: readonly Pick<CategoryRows, 'words'>[],
  vectors: readonly CategoryVector[],
  axes: readonly { readonly value: number; readonly vector: Float64Array }[],
  center: Float64Array,
): Matrix {
  const rows = siblings.flatMap(({ words }) => words);
  const result = new Float64Array(3 * rows.length);
  rows.forEach((row, at) => {
    const images = siblings.map(({ words }, i) =>
      words.reduce(
        (sum, word, j) => sum + vectors[i]!.weights[j]! * data[row * columns + word]!,
        -center[i]!,
      ),
    );
    axes.forEach(({ value, vector }, axis) => {
      result[3 * at + axis] =
        images.reduce((sum, image, i) => sum + vector[i]! * image, 0) / Math.sqrt(value);
    });
  });
  return matrix(rows.length, 3, result);
}

function edgesOf(products: Float64Array, k: number): Float64Array {
  const edges: number[] = [];
  for (let i = 0; i < k; i++)
    for (let j = 0; j < i; j++)
      edges.push(
        Math.sqrt(Math.max(0, products[i * k + i]! + products[j * k + j]! - 2 * products[i * k + j]!)),
      );
  return Float64Array.from(edges);
}

function meanOf(values: Float64Array, from: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += values[from + i]!;
  return sum / count;
}
