import { formatDecimal } from '../../../src/format/numbers';

/** Formats a loss or a norm, with an exponent for the huge values of a diverging training run. */
export function formatQuantity(value: number, digits = 3): string {
  if (Number.isNaN(value) || Math.abs(value) < 1e4) return formatDecimal(value, digits);
  return value.toExponential(1).replace('e+', 'e');
}
