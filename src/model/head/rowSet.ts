/** The included rows of U: those of tokens, or all. */
export interface RowSet {
  /** Total number of rows of U. */
  readonly size: number;
  /** Ids of the included rows, ascending. */
  readonly ids: Int32Array;
}

export function everyRow(size: number): RowSet {
  return { size, ids: Int32Array.from({ length: size }, (_, id) => id) };
}

export function isWhole({ size, ids }: RowSet): boolean {
  return ids.length === size;
}

/** The included ids in [start, end). */
export function idsWithin({ ids }: RowSet, start: number, end: number): Int32Array {
  return ids.subarray(firstAtLeast(ids, start), firstAtLeast(ids, end));
}

/** Index of the first id that is not smaller. */
function firstAtLeast(ids: Int32Array, id: number): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ids[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
