/**
 * Solves Ax = y by Cholesky's decomposition.
 *
 * @param system A, symmetric positive definite `[n, n]`; overwritten
 * @returns x; `null` if A is not positive definite
 */
export function solvePositive(system: Float64Array, y: Float64Array): Float64Array | null {
  const n = y.length;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let value = system[i * n + j]!;
      for (let k = 0; k < j; k++) value -= system[i * n + k]! * system[j * n + k]!;
      if (i > j) system[i * n + j] = value / system[j * n + j]!;
      else if (value > 0) system[i * n + i] = Math.sqrt(value);
      else return null;
    }
  }
  const x = y.slice();
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= system[i * n + k]! * x[k]!;
    x[i]! /= system[i * n + i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= system[k * n + i]! * x[k]!;
    x[i]! /= system[i * n + i]!;
  }
  return x;
}
