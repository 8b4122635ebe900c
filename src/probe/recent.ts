/**
 * What is made during one probe, by key, with what the probe before it made: that is not made again, and what both leave
 * out is forgotten, for maps of large concepts are large.
 */
export class Recent<T extends object | null> {
  readonly #made = new Map<string, T>();
  readonly #before: ReadonlyMap<string, T>;

  constructor(before?: Recent<T>) {
    this.#before = before ? before.#made : new Map<string, T>();
  }

  get(key: string): T | undefined {
    const known = this.#made.get(key) ?? this.#before.get(key);
    if (known !== undefined) this.#made.set(key, known);
    return known;
  }

  set(key: string, made: T): void {
    this.#made.set(key, made);
  }
}
