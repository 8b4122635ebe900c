import { t } from '@vscode/l10n';
import { formatCosine, formatDecimal } from '../../src/format/numbers';

/** An axis of numbers with a tick every `step`. */
export interface ValueAxis {
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Formats a tick, with no more digits than the step needs. */
  readonly format: (value: number) => string;
}

/** All cosines, −1…1. */
export const fullCosineAxis: ValueAxis = { min: -1, max: 1, step: 0.5, format: formatCosine };

/** −1…1 if any cosine is negative, otherwise 0…1. Never stretched to the data, so that charts can be compared. */
export function cosineAxis(values: Iterable<number>): ValueAxis {
  for (const value of values) if (value < 0) return fullCosineAxis;
  return { ...fullCosineAxis, min: 0 };
}

/**
 * From 0, or from below it if there are negative values, to the largest value, in steps of 1, 2 or 5 times a power of ten.
 */
export function openAxis(values: Iterable<number>, mostSteps = 5): ValueAxis {
  let [low, high] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return axisFrom(low, high > low ? high : low + 1, mostSteps);
}

function axisFrom(low: number, high: number, mostSteps: number): ValueAxis {
  const range = high - low;
  const step = niceStep(range / mostSteps);
  const min = Math.floor(low / step) * step;
  const max = Math.max(min + step, Math.ceil(high / step) * step);
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  return { min, max, step, format: (value) => formatDecimal(value, digits) };
}

/** The same for values that need not be near 0: only from the smallest to the largest one. */
export function rangeAxis(values: Iterable<number>, mostSteps = 5): ValueAxis {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  return axisFrom(low, high, mostSteps);
}

/** The whole multiples of the step on an axis, so that 0 is 0. The ends of a zoomed axis are none. */
export function ticksOf({ min, max, step }: Pick<ValueAxis, 'min' | 'max' | 'step'>): number[] {
  const first = Math.ceil(min / step - 1e-6);
  const last = Math.floor(max / step + 1e-6);
  return Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
}

/** "0 to 1" */
export function axisText({ min, max, format }: ValueAxis): string {
  return t`${format(min)} to ${format(max)}`;
}

function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  const factor = [1, 2, 5].find((candidate) => candidate * power >= atLeast * 0.999) ?? 10;
  return factor * power;
}
