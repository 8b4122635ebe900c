const mostBytes = 32 * 2 ** 20;

/**
 * Caches the most recently read rows: an edit of a pair list requests the same words again and at most two new ones. The
 * least recently used rows are evicted first.
 */
export class RowCache<K = number> {
  readonly #rows = new Map<K, Float32Array>();
  /** Capacity in rows. */
  readonly capacity: number;

  constructor(rowLength: number) {
    this.capacity = Math.floor(mostBytes / (4 * rowLength));
  }

  get(key: K): Float32Array | undefined {
    const row = this.#rows.get(key);
    if (row) this.set(key, row);
    return row;
  }

  set(key: K, row: Float32Array): void {
    this.#rows.delete(key);
    this.#rows.set(key, row);
    if (this.#rows.size <= this.capacity) return;
    for (const oldest of this.#rows.keys()) {
      this.#rows.delete(oldest);
      return;
    }
  }
}
