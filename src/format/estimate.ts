import { t } from '@vscode/l10n';
import type { Progress } from '../protocol/progress';
import { formatDuration } from './duration';
import { TimeLeft } from './timeLeft';

/** Seconds: for less than that, an estimate only flickers. */
const leastLeft = 5;

/** Adds to progress how long the current step still takes, such as “about 2 min left”. */
export class Estimate {
  readonly #left = new TimeLeft();

  /** @param now seconds */
  constructor(private readonly now: () => number = () => Date.now() / 1000) {}

  /** The progress's message, with an estimate if there is one. */
  text({ message, fraction }: Progress): string {
    const seconds = this.#left.after(fraction, this.now());
    return seconds === undefined || seconds < leastLeft
      ? message
      : `${message}, ${t`${formatDuration(seconds)} left`}`;
  }
}
