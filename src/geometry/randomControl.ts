import { matrix, type Matrix } from './matrix';
import { pairwiseFromGram } from './parallelism';
import type { RandomSource } from './random';

/** A pivot this small is rounding: the direction is a combination of those before it. */
const dependent = 1e-12;

/**
 * What the cosines of directions become after a random linear map with independent normal entries
 * `[hidden, hidden]`: the random control of Park et al. 2311.03658. The map keeps Euclidean cosines up to noise of
 * 1/√hidden. Only the cosines matter: a row of the map gives normal numbers of covariance C = `cosine`, so that the
 * mapped Gram matrix is a sum of `hiddenSize` products x·xᵀ with x = L·g, C = L·Lᵀ.
 *
 * @param cosine symmetric positive semidefinite `[concepts, concepts]`
 * @returns the cosines after the map, `[concepts, concepts]`
 */
export function randomControl(cosine: Matrix, hiddenSize: number, random: RandomSource): Matrix {
  const k = cosine.rows;
  const factor = semidefiniteCholesky(cosine);
  const gram = new Float64Array(k * k);
  const normal = new Float64Array(k);
  const mapped = new Float64Array(k);
  for (let r = 0; r < hiddenSize; r++) {
    for (let i = 0; i < k; i++) normal[i] = random.gaussian();
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = 0; j <= i; j++) sum += factor[i * k + j]! * normal[j]!;
      mapped[i] = sum;
      for (let j = 0; j <= i; j++) gram[i * k + j]! += sum * mapped[j]!;
    }
  }
  return pairwiseFromGram(matrix(k, k, gram));
}

/** Lower triangular L with L·Lᵀ = the matrix, row by row; columns of dependent rows stay zero. */
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
