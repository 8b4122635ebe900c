/**
 * Keeps the best few of very many partners for each of n words. A ranking over all words would repeat the few words at the
 * ends of a direction in every pair.
 */
export class BestPartners {
  /** For each word, the square of the value that a new partner must exceed. */
  readonly least: Float64Array;
  readonly #partners: Int32Array;
  readonly #values: Float64Array;

  /** @param kept number of partners per word */
  constructor(
    readonly words: number,
    private readonly kept: number,
  ) {
    this.least = new Float64Array(words);
    this.#partners = new Int32Array(words * kept);
    this.#values = new Float64Array(words * kept);
  }

  /** Keeps only values above 0. */
  add(word: number, partner: number, value: number): void {
    const values = this.#values;
    const first = word * this.kept;
    let at = first + this.kept - 1;
    // In descending order, so the last one is the smallest.
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
