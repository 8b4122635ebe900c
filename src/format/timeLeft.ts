/** Seconds of work, and share of it, before there is an estimate: the first ones are slower. */
const [leastSeconds, leastShare] = [3, 0.01];

/** Estimates how long a piece of work still takes, from the shares that it reports. */
export class TimeLeft {
  #begun: { readonly fraction: number; readonly seconds: number } | undefined;
  #last = 0;

  /**
   * @param fraction share that is done, 0…1; `null` if unknown. A smaller one than before begins another piece of work
   * @param seconds the time now
   * @returns seconds; `undefined` if it is too early to say
   */
  after(fraction: number | null, seconds: number): number | undefined {
    if (fraction === null) {
      this.#begun = undefined;
      return undefined;
    }
    if (!this.#begun || fraction < this.#last) this.#begun = { fraction, seconds };
    this.#last = fraction;
    const [passed, done] = [seconds - this.#begun.seconds, fraction - this.#begun.fraction];
    return passed < leastSeconds || done < leastShare ? undefined : (passed / done) * (1 - fraction);
  }
}
