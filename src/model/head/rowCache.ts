const mostBytes = 32 * 2 ** 20;

/**
 * Caches the most recently read rows: an edit of a pair list requests the same words again and at most two new ones. The
 * least recently used rows are evicted first.
 */
export class RowCache {
  readonly #rows = new Map<number, Float32Array>();
  /** Capacity in rows. */
  readonly capacity: number;

  constructor(rowLength: number) {
    this.capacity = Math.floor(mostBytes / (4 * rowLength));
  }

  get(id: number): Float32Array | undefined {
    const row = this.#rows.get(id);
    if (row) this.set(id, row);
    return row;
  }

  set(id: number, row: Float32Array): void {
    this.#rows.delete(id);
    this.#rows.set(id, row);
    if (this.#rows.size <= this.capacity) return;
    for (const oldest of this.#rows.keys()) {
      this.#rows.delete(oldest);
      return;
    }
  }
}
