/** Runs tasks one after the other. A task that fails does not keep the next one from running. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();
  #count = 0;

  /** @param most running and waiting tasks; others are skipped */
  constructor(private readonly most = Infinity) {}

  /** Resolves when the task is done, or skipped; rejects with its error. */
  async run(task: () => Promise<void>): Promise<void> {
    if (this.#count >= this.most) return;
    this.#count++;
    const turn = this.#last.then(task).finally(() => this.#count--);
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}
