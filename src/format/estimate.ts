import type { Progress } from '../protocol/progress';

/** Milliseconds: before that, and for less than that, an estimate only flickers. */
const leastElapsed = 3000;
const leastLeft = 5000;

/**
 * Adds to progress how long the current step still takes, as "about 2 min left", extrapolated from its pace so far. A step begins
 * when the share that is done falls or becomes unknown.
 */
export class Estimate {
  #from: { readonly time: number; readonly fraction: number } | undefined;
  #last = 0;

  constructor(private readonly now: () => number = Date.now) {}

  /** The progress's message, with an estimate if there is one. */
  text({ message, fraction }: Progress): string {
    const left = fraction === null ? undefined : this.#left(fraction);
    if (fraction === null) this.#from = undefined;
    return left === undefined ? message : `${message}, ${left}`;
  }

  #left(fraction: number): string | undefined {
    const time = this.now();
    if (!this.#from || fraction < this.#last) this.#from = { time, fraction };
    this.#last = fraction;
    const [elapsed, done] = [time - this.#from.time, fraction - this.#from.fraction];
    if (elapsed < leastElapsed || done <= 0) return undefined;
    const milliseconds = (elapsed * (1 - fraction)) / done;
    return milliseconds < leastLeft ? undefined : `about ${durationText(milliseconds / 1000)} left`;
  }
}

/** "20 s", "3 min" or "2 h", rounded as coarsely as an estimate is. */
function durationText(seconds: number): string {
  if (seconds < 55) return `${Math.round(seconds / 5) * 5} s`;
  if (seconds < 3300) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 360) / 10} h`;
}
