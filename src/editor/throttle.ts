import type { Disposable } from 'vscode';

/** Does work at most once in an interval: at once if it has been quiet, else when the interval is over. */
export class Throttle implements Disposable {
  #timer: NodeJS.Timeout | undefined;
  #last = -Infinity;

  constructor(
    private readonly work: () => void,
    private readonly milliseconds: number,
  ) {}

  request(): void {
    if (this.#timer) return;
    const wait = Math.max(0, this.#last + this.milliseconds - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#last = performance.now();
      this.work();
    }, wait);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }
}
