import { t } from '@vscode/l10n';
import { formatCount } from '../../../src/format/numbers';

/** "500", "2.5k", "20k", "1M". */
export function formatSteps(steps: number): string {
  if (steps >= 1e6) return `${Number((steps / 1e6).toPrecision(3))}M`;
  return steps >= 1000 ? `${Number((steps / 1000).toPrecision(3))}k` : String(steps);
}

/** "4,100 steps/s": two significant digits, to stay readable while it changes. */
export function formatSpeed(stepsPerSecond: number): string {
  return t`${formatCount(Number(stepsPerSecond.toPrecision(2)))} steps/s`;
}
