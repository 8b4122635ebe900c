/**
 * The memo of one probe: what it makes, by key, with what the probe before it made. That is not made again, and what
 * both leave out is forgotten, because the maps of large concepts are large.
 */
export class Recent<T extends object | null> {
  readonly #made = new Map<string, T>();
  readonly #before: ReadonlyMap<string, T>;

  constructor(before?: Recent<T>) {
    this.#before = before ? before.#made : new Map<string, T>();
  }

  /** `undefined` if it was made neither during this probe nor during the one before. */
  known(key: string): T | undefined {
    // A value may be null.
    const known = this.#made.has(key) ? this.#made.get(key) : this.#before.get(key);
    if (known !== undefined) this.#made.set(key, known);
    return known;
  }

  /** What is known under the key, or else made now. */
  async get(key: string, make: () => T | Promise<T>): Promise<T> {
    const known = this.known(key);
    if (known !== undefined) return known;
    const made = await make();
    this.#made.set(key, made);
    return made;
  }

  /**
   * The same of several keys, in their order. What is not known is made together.
   *
   * @param make gets the positions of these keys
   */
  async all(
    keys: readonly string[],
    make: (missing: readonly number[]) => Promise<readonly T[]>,
  ): Promise<T[]> {
    const found = keys.map((key) => this.known(key));
    const missing = [...found.keys()].filter((position) => found[position] === undefined);
    const made = missing.length === 0 ? [] : await make(missing);
    missing.forEach((position, i) => {
      this.#made.set(keys[position]!, made[i]!);
    });
    return keys.map((key) => this.#made.get(key)!);
  }
}
