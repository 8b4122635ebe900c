import { t } from '@vscode/l10n';
import type { InnerProduct } from '../protocol/geometryResult';

/** A cosine, everywhere with two decimals: "−0.04", "0.00", "1.00"; "–" if it is undefined. */
export function formatCosine(value: number | null): string {
  return formatDecimal(value, 2);
}

/** Any other number: "−0.042" with a true minus sign, "–" if it is undefined. */
export function formatDecimal(value: number | null, digits: number): string {
  if (value === null || Number.isNaN(value)) return '–';
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

/** "0.123"; "2.3e−5" where three decimals would show nothing. */
export function formatProbability(probability: number): string {
  const isTiny = probability > 0 && probability < 0.001;
  return isTiny ? probability.toExponential(1).replace('-', '−') : formatDecimal(probability, 3);
}

/** "32,000" in every locale, so that reports read the same everywhere. */
export function formatCount(count: number): string {
  // The locale's own formatter would first load the data of all locales, which takes a tenth of a cold probe.
  const [whole, decimals] = String(Math.round(count * 1000) / 1000).split('.');
  const grouped = whole!.replace(/\B(?=(?:\d{3})+$)/gu, ',');
  return decimals === undefined ? grouped : `${grouped}.${decimals}`;
}

/** Capitalized, to start a sentence or a heading. */
export function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** "n = 12" with non-breaking spaces. */
export function sampleSize(count: number): string {
  return `n\u00a0=\u00a0${formatCount(count)}`;
}

/** "1.2 kB", "61 MB", "13.5 GB": powers of 1000, as for disk sizes. */
export function formatBytes(bytes: number): string {
  const units = [t('bytes'), 'kB', 'MB', 'GB', 'TB'];
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]!}`;
}

export function productName(product: InnerProduct): string {
  return product === 'euclidean' ? t('Euclidean') : t('causal');
}
