/** The rows of U that count: those of tokens, or all. */
export interface RowSet {
  /** Rows of U in all. */
  readonly size: number;
  /** Those that count, ascending. */
  readonly ids: Int32Array;
}

export function everyRow(size: number): RowSet {
  return { size, ids: Int32Array.from({ length: size }, (_, id) => id) };
}

export function isWhole({ size, ids }: RowSet): boolean {
  return ids.length === size;
}

/** The counted ids from `start` to before `end`. */
export function idsWithin({ ids }: RowSet, start: number, end: number): Int32Array {
  return ids.subarray(firstAtLeast(ids, start), firstAtLeast(ids, end));
}

/** Position of the first id that is not less. */
function firstAtLeast(ids: Int32Array, id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
