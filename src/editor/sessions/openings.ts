/** What is shown of an opening that has taken `milliseconds`, until `over`. */
export interface OpeningStep {
  readonly milliseconds: number;
  readonly show: (model: string, over: Promise<void>) => void;
}

/** Shows openings of models that take long, step by step. */
export class Openings {
  #finish: () => void = () => undefined;

  constructor(private readonly steps: readonly OpeningStep[]) {}

  /** @param model the name of the model that is being opened now; `null`: none */
  follow(model: string | null): void {
    this.#finish();
    if (model === null) return;
    let finish: () => void = () => undefined;
    const over = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const timers = this.steps.map(({ milliseconds, show }) =>
      setTimeout(() => {
        show(model, over);
      }, milliseconds),
    );
    this.#finish = () => {
      timers.forEach(clearTimeout);
      finish();
    };
  }
}
