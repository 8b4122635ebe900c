import { matrix, type Matrix } from '../src/geometry/matrix';

/** Positions of the values from largest to smallest; undefined ones last. */
export function descending(values: Float64Array): readonly number[] {
  const rank = (index: number) => (Number.isNaN(values[index]!) ? -2 : values[index]!);
  return Array.from(values.keys()).sort((a, b) => rank(b) - rank(a));
}

/** The same matrix with rows and columns in another order. */
export function reordered(symmetric: Matrix, order: readonly number[]): Matrix {
  const n = order.length;
  const data = new Float64Array(n * n);
  order.forEach((from, row) => {
    order.forEach((to, column) => {
      data[row * n + column] = symmetric.data[from * symmetric.columns + to]!;
    });
  });
  return matrix(n, n, data);
}
