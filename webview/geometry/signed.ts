import { formatDecimal } from '../../src/format/numbers';

/** "+0.120": a difference says its sign. */
export function signed(value: number | null): string {
  const text = formatDecimal(value, 3);
  return value !== null && value > 0 && Number(text) !== 0 ? `+${text}` : text;
}
