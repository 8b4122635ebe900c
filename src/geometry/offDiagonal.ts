import type { Matrix } from './matrix';

/** Summary of the absolute values off the diagonal of a symmetric matrix. */
export interface OffDiagonalSummary {
  readonly mean: number;
  readonly largest: number;
  /** Row and column of the largest, row < column. */
  readonly pair: readonly [number, number];
}

/** Mean and largest |value| off the diagonal of symmetric `[n, n]`. Ignores NaN; `null` if there are no values. */
export function offDiagonal(symmetric: Matrix): OffDiagonalSummary | null {
  let sum = 0;
  let count = 0;
  let largest = -1;
  let pair: readonly [number, number] = [0, 0];
  for (let i = 0; i < symmetric.rows; i++) {
    for (let j = i + 1; j < symmetric.columns; j++) {
      const value = Math.abs(symmetric.data[i * symmetric.columns + j]!);
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
      if (value > largest) {
        largest = value;
        pair = [i, j];
      }
    }
  }
  return count === 0 ? null : { mean: sum / count, largest, pair };
}
