import { clusterTree, type ClusterTree } from '../../src/geometry/clusterTree';
import { submatrix, type Matrix } from '../../src/geometry/matrix';
import { memoize, memoizeBy } from '../charts/memoize';

/** What a map can be ordered by; `value` and `leave-one-out` are both a number for each row, the largest first. */
export type RowOrder = 'file' | 'name' | 'size' | 'value' | 'leave-one-out' | 'clustered';

/** The rows of a map in the order of the file. */
export interface OrderedRows {
  readonly names: readonly string[];
  readonly sizes: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly similarity: Matrix;
}

/** Positions in the order of the file, and the tree behind a clustered order. */
export interface RowsInOrder {
  readonly order: readonly number[];
  readonly tree: ClusterTree | null;
}

/** Every order of the rows of a map, computed once. */
export const orderOf: (rows: OrderedRows, wanted: RowOrder) => RowsInOrder = memoizeBy((rows, wanted) => {
  switch (wanted) {
    case 'file':
      return withoutTree(fileOrder(rows.names.length));
    case 'name':
      return withoutTree(byName(rows.names));
    case 'size':
      return withoutTree(descending(rows.sizes));
    case 'value':
    case 'leave-one-out':
      return withoutTree(descending(rows.values));
    case 'clustered': {
      const tree = clustered(rows.similarity);
      return { order: [...tree.order], tree };
    }
  }
});

/** Both inner products and both signs have maps of their own. */
const clustered = memoize(clusterTree);

function withoutTree(order: readonly number[]): RowsInOrder {
  return { order, tree: null };
}

/** Positions in the order of the file. */
export function fileOrder(length: number): readonly number[] {
  return Array.from({ length }, (_, index) => index);
}

const names = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function byName(all: readonly string[]): readonly number[] {
  return Array.from(all.keys()).sort((a, b) => names.compare(all[a]!, all[b]!));
}

/** Positions of the values from largest to smallest; undefined ones last. */
export function descending(values: ArrayLike<number>): readonly number[] {
  const rank = (index: number) => (Number.isNaN(values[index]!) ? -Infinity : values[index]!);
  return fileOrder(values.length).toSorted((a, b) => {
    const difference = rank(b) - rank(a);
    return Number.isNaN(difference) ? 0 : difference;
  });
}

/** Mean of each row's defined values off the diagonal; NaN if there are none. */
export const rowMeans: (symmetric: Matrix) => Float64Array = memoize(({ rows, columns, data }) => {
  const means = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    let [sum, count] = [0, 0];
    for (let column = 0; column < columns; column++) {
      const value = data[row * columns + column]!;
      if (column === row || Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    means[row] = sum / count;
  }
  return means;
});

/** The same matrix with rows and columns in another order. */
export const reordered: (symmetric: Matrix, order: readonly number[]) => Matrix = memoizeBy(submatrix);
