/**
 * The memo of one probe: its values by key, starting with those of the previous probe. Known values are not computed again;
 * values that two probes in a row do not use are dropped, because the maps of large concepts are large.
 */
export class Recent<T extends object | null> {
  readonly #made = new Map<string, T>();
  readonly #before: ReadonlyMap<string, T>;

  constructor(before?: Recent<T>) {
    this.#before = before ? before.#made : new Map<string, T>();
  }

  /** `undefined` if neither this probe nor the previous one computed it. */
  known(key: string): T | undefined {
    // A value may be null.
    const known = this.#made.has(key) ? this.#made.get(key) : this.#before.get(key);
    if (known !== undefined) this.#made.set(key, known);
    return known;
  }

  /** The value of the key, computed now if it is not known. */
  async get(key: string, make: () => T | Promise<T>): Promise<T> {
    const known = this.known(key);
    if (known !== undefined) return known;
    const made = await make();
    this.#made.set(key, made);
    return made;
  }

  /**
   * The values of several keys, in their order. Unknown values are computed together.
   *
   * @param make gets the positions of the unknown keys
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
