/**
 * For each of n words the few best of very many partners. Taken over all words, a handful at the ends of a direction
 * would be in every pair.
 */
export class BestPartners {
  /** For each word the square of what a new partner has to beat. */
  readonly least: Float64Array;
  readonly #partners: Int32Array;
  readonly #values: Float64Array;

  /** @param kept partners of each word */
  constructor(
    readonly words: number,
    private readonly kept: number,
  ) {
    this.least = new Float64Array(words);
    this.#partners = new Int32Array(words * kept);
    this.#values = new Float64Array(words * kept);
  }

  /** Values up to 0 are never kept. */
  add(word: number, partner: number, value: number): void {
    const values = this.#values;
    const first = word * this.kept;
    let at = first + this.kept - 1;
    // Descending from first to last: the worst is the one to beat.
    if (value <= values[at]!) return;
    for (; at > first && values[at - 1]! < value; at--) {
      values[at] = values[at - 1]!;
      this.#partners[at] = this.#partners[at - 1]!;
    }
    values[at] = value;
    this.#partners[at] = partner;
    this.least[word] = values[first + this.kept - 1]! ** 2;
  }

  *entries(): Generator<{ readonly word: number; readonly partner: number; readonly value: number }> {
    for (let at = 0; at < this.#values.length; at++) {
      const value = this.#values[at]!;
      if (value > 0) yield { word: Math.floor(at / this.kept), partner: this.#partners[at]!, value };
    }
  }
}
