import type { Matrix } from './matrix';
import { ledoitWolf } from './ledoitWolf';
import { solvePositive } from './solvePositive';

/** With fewer words the covariance of the words has no estimate that could be shrunk. */
export const fewestCategoryWords = 3;

/** A category's vector as a weighted sum of its words' rows. */
export interface CategoryVector {
  /** Σ wᵢγ(yᵢ) is the vector, `[words]`. */
  readonly weights: Float64Array;
  /** ‖vector‖² = E(γ)ᵀ vector: the mean of the words on the vector is the vector itself. */
  readonly squaredNorm: number;
  /** s of {@link ledoitWolf}. */
  readonly shrinkage: number;
}

/**
 * The vector of a category of words (Park, Choe, Jiang & Veitch 2406.01506): (g̃ᵀE(γ)) g̃ with g̃ = Cov(γ)⁻¹E(γ) / ‖…‖, the
 * direction of linear discriminant analysis, where Cov(γ) is the covariance of the words with Ledoit–Wolf shrinkage. With
 * Cov = aI + bXᵀX for the n centred words X, Woodbury's identity leaves a system of n equations: (aI + bXXᵀ)z = X E(γ).
 *
 * @param gram inner products of rows in coordinates where the origin is the mean of the vocabulary
 * @param words rows of `gram`, each once
 * @param dimensions of those coordinates
 * @returns `null` with fewer than {@link fewestCategoryWords} words, equal rows only, or a mean of zero
 */
export function categoryVector(
  gram: Matrix,
  words: readonly number[],
  dimensions: number,
): CategoryVector | null {
  const n = words.length;
  if (n < fewestCategoryWords) return null;
  const { own, rowMeans, mean } = ownProducts(gram, words);
  const centred = own.slice();
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) centred[i * n + j]! += mean - rowMeans[i]! - rowMeans[j]!;
  const { share, scale } = ledoitWolf(centred, n, dimensions);
  const [a, b] = [share * scale, (1 - share) / n];
  if (!(a > 0)) return null;
  const system = centred.map((value) => b * value);
  for (let i = 0; i < n; i++) system[i * n + i]! += a;
  const z = solvePositive(
    system,
    rowMeans.map((value) => value - mean),
  );
  if (!z) return null;
  const zMean = z.reduce((sum, value) => sum + value, 0) / n;
  // Without the factor 1/a, which the normalization removes.
  const weights = z.map((value) => 1 / n - b * (value - zMean));
  let [squares, onMean] = [0, 0];
  for (let i = 0; i < n; i++) {
    onMean += weights[i]! * rowMeans[i]!;
    for (let j = 0; j < n; j++) squares += weights[i]! * weights[j]! * own[i * n + j]!;
  }
  const factor = onMean / squares;
  const squaredNorm = factor * onMean;
  if (!(squaredNorm > 0)) return null;
  return { weights: weights.map((value) => factor * value), squaredNorm, shrinkage: share };
}

/** The inner products of the words themselves, the means of their rows (E(γ) with each word), and the mean of all (‖E(γ)‖²). */
function ownProducts({ columns, data }: Matrix, words: readonly number[]) {
  const n = words.length;
  const own = new Float64Array(n * n);
  const rowMeans = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const start = words[i]! * columns;
    let sum = 0;
    for (let j = 0; j < n; j++) sum += own[i * n + j] = data[start + words[j]!]!;
    rowMeans[i] = sum / n;
  }
  return { own, rowMeans, mean: rowMeans.reduce((sum, value) => sum + value, 0) / n };
}
