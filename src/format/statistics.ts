import { t } from '@vscode/l10n';
import { formatDecimal } from './numbers';
import type { LeaveOneOut } from '../protocol/geometryResult';

/* Format of probabilities, intervals and shares: without a leading zero, and never "= .000". */

type Interval = Pick<NonNullable<LeaveOneOut['interval']>, 'low' | 'high' | 'level'>;

/** ".012", "< .001", "1"; "–" if there is none. */
export function formatP(p: number | null | undefined): string {
  if (p === null || p === undefined || Number.isNaN(p)) return '–';
  if (p < 0.001) return '< .001';
  return p > 0.9995 ? '1' : p.toFixed(3).replace(/^0/, '');
}

/** "p = .012", "p < .001" */
export function equation(name: string, p: number): string {
  const text = formatP(p);
  return text.startsWith('<') ? `${name} ${text}` : `${name} = ${text}`;
}

/** The smallest possible p: ".0001". */
export function formatResolution(p: number): string {
  return Number(p.toPrecision(1)).toString().replace(/^0\./, '.');
}

/** "95 % interval 0.41 to 0.63"; `undefined` without one. */
export function intervalText(interval: Interval | null | undefined): string | undefined {
  if (!interval) return undefined;
  const { low, high, level } = interval;
  return t`${formatPercent(level)} interval ${formatDecimal(low, 2)} to ${formatDecimal(high, 2)}`;
}

/** "0.41 … 0.63", for tables whose heading says what it is; "–" without an interval. */
export function formatRange(interval: Omit<Interval, 'level'> | null | undefined): string {
  return interval ? `${formatDecimal(interval.low, 2)} … ${formatDecimal(interval.high, 2)}` : '–';
}

/** "4.5", an effective number of directions; "–" if it is undefined. */
export function formatRank(rank: number | null): string {
  return rank === null ? '–' : rank.toFixed(1);
}

/** "95 %" with a non-breaking space. */
export function formatPercent(share: number): string {
  return `${formatDigits(share * 100)}\u00a0%`;
}

/** "3.2e3": the order of magnitude is enough for a condition number. */
export function formatScientific(value: number): string {
  return value < 1000 ? formatDigits(value) : value.toExponential(1).replace('e+', 'e');
}

function formatDigits(value: number): string {
  return Number(value.toPrecision(2)).toString();
}
