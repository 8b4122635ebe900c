import { gramOf } from './gram';
import { matrix, type Matrix } from './matrix';
import { pairwiseFromGram } from './parallelism';
import type { RandomSource } from './random';

/** A pivot this small is rounding error: the direction is a linear combination of the previous ones. */
const dependent = 1e-12;

/**
 * Draws the cosines of directions after a random linear map with independent normal entries
 * `[hidden, hidden]`: the random control of Park et al. 2311.03658. The map keeps Euclidean cosines up to noise of
 * 1/√hidden. Only the cosines matter: a row of the map gives normal numbers of covariance C = `cosine`, so that the
 * mapped Gram matrix is Wishart distributed, and drawn as (L·A)·(L·A)ᵀ with C = L·Lᵀ and Bartlett's A.
 *
 * @param cosine symmetric positive semidefinite `[concepts, concepts]`
 * @returns the cosines after the map, `[concepts, concepts]`
 */
export function randomControl(cosine: Matrix, hiddenSize: number, random: RandomSource): Matrix {
  const k = cosine.rows;
  const factor = semidefiniteCholesky(cosine);
  const draw = bartlett(k, hiddenSize, random);
  const mapped = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let m = 0; m <= i; m++) {
      const value = factor[i * k + m]!;
      for (let j = 0; j <= m; j++) mapped[i * k + j]! += value * draw[m * k + j]!;
    }
  }
  return pairwiseFromGram(gramOf(matrix(k, k, mapped)));
}

/**
 * Lower triangular A with A·Aᵀ a sum of `degrees` products x·xᵀ of standard normal x in k dimensions (Bartlett 1933):
 * roots of χ² with degrees − i degrees of freedom on the diagonal, normal below.
 */
function bartlett(k: number, degrees: number, random: RandomSource): Float64Array {
  const draw = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    // With fewer degrees than dimensions, the last columns are omitted.
    for (let j = 0; j < Math.min(i, degrees); j++) draw[i * k + j] = random.gaussian();
    if (i < degrees) draw[i * k + i] = Math.sqrt(chiSquared(degrees - i, random));
  }
  return draw;
}

/**
 * Sum of the squares of `degrees` standard normal numbers (Marsaglia & Tsang 2000, for the gamma distribution of half of
 * it).
 */
function chiSquared(degrees: number, random: RandomSource): number {
  if (degrees === 1) {
    const x = random.gaussian();
    return x * x;
  }
  const d = degrees / 2 - 1 / 3;
  for (;;) {
    const x = random.gaussian();
    const root = 1 + x / Math.sqrt(9 * d);
    // Not a power, whose result may differ between machines.
    const v = root * root * root;
    if (v > 0 && Math.log(1 - random.uniform()) < (x * x) / 2 + d * (1 - v + Math.log(v))) return 2 * d * v;
  }
}

/** Lower triangular L with L·Lᵀ = the matrix, row by row; columns of linearly dependent rows stay zero. */
function semidefiniteCholesky({ rows: k, data }: Matrix): Float64Array {
  const factor = new Float64Array(k * k);
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = data[i * k + j]!;
      for (let m = 0; m < j; m++) rest -= factor[i * k + m]! * factor[j * k + m]!;
      const pivot = factor[j * k + j]!;
      if (i === j) factor[i * k + i] = rest > dependent ? Math.sqrt(rest) : 0;
      else factor[i * k + j] = pivot > 0 ? rest / pivot : 0;
    }
  }
  return factor;
}
