import { formatDecimal } from '../../../src/format/numbers';

/** "0.972 ± 0.006"; without the error if there is none. */
export function meanWithError(mean: number | null, error: number | null): string {
  const text = formatDecimal(mean, 3);
  return error === null || Number.isNaN(error) ? text : `${text} ± ${formatDecimal(error, 3)}`;
}
