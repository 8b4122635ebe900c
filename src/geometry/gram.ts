import { matrix, row, type Matrix } from './matrix';
import { dot } from './vector';

/** Inner products of all rows. Symmetric `[rows, rows]`; the engine has a faster product for large matrices. */
export function gramOf(source: Matrix): Matrix {
  const n = source.rows;
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const value = dot(row(source, i), row(source, j));
      data[i * n + j] = value;
      data[j * n + i] = value;
    }
  }
  return matrix(n, n, data);
}
