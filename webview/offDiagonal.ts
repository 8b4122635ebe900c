import type { Matrix } from '../src/geometry/matrix';

/** What the cells beside the diagonal of a symmetric matrix say together. */
export interface OffDiagonal {
  /** Mean of their absolute values. */
  readonly meanAbsolute: number;
  /** The one of the largest absolute value. */
  readonly largest: { readonly row: number; readonly column: number; readonly value: number };
}

/** Counts defined cells only; `undefined` if there is none. */
export function offDiagonal(symmetric: Matrix): OffDiagonal | undefined {
  let sum = 0;
  let count = 0;
  let largest: OffDiagonal['largest'] | undefined;
  for (let row = 0; row < symmetric.rows; row++) {
    for (let column = row + 1; column < symmetric.columns; column++) {
      const value = symmetric.data[row * symmetric.columns + column]!;
      if (Number.isNaN(value)) continue;
      sum += Math.abs(value);
      count++;
      if (!largest || Math.abs(value) > Math.abs(largest.value)) largest = { row, column, value };
    }
  }
  return largest && { meanAbsolute: sum / count, largest };
}
