import { clusterOrder } from '../../src/geometry/clusterOrder';
import { matrix, type Matrix } from '../../src/geometry/matrix';
import { memoize } from '../charts/memoize';

/** Positions in the order of the file. */
export function fileOrder(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

/** Positions of the values from largest to smallest; undefined ones last. */
export function descending(values: Float64Array): readonly number[] {
  const rank = (index: number) => (Number.isNaN(values[index]!) ? -Infinity : values[index]!);
  return Array.from(values.keys()).sort((a, b) => {
    const difference = rank(b) - rank(a);
    return Number.isNaN(difference) ? 0 : difference;
  });
}

/** Positions with what is alike side by side. */
export const clustered: (similarity: Matrix) => readonly number[] = memoize((similarity) => [
  ...clusterOrder(similarity),
]);

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
