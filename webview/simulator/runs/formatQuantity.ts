import { formatCosine } from '../../../src/format/numbers';

/** A loss or a norm: what a training that goes wrong makes of it as a power of ten. */
export function formatQuantity(value: number, digits = 3): string {
  if (Number.isNaN(value) || Math.abs(value) < 1e4) return formatCosine(value, digits);
  return value.toExponential(1).replace('e+', 'e');
}
