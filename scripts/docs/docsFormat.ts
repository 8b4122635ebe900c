import { formatDecimal } from '../../src/format/numbers';
import { formatP } from '../../src/format/statistics';

/* Formats numbers for the docs as the product does. */

/** "0.54", "−0.03": two decimals, as cosines have everywhere. */
export function decimal(value: number | null | undefined, digits = 2): string {
  if (value === null || value === undefined) throw new Error('A number of the docs is missing.');
  return formatDecimal(value, digits);
}

/** "< .001", "= .582" */
export function equals(p: number | null | undefined): string {
  const text = formatP(p);
  return text.startsWith('<') ? text : `= ${text}`;
}

/** "`▁the`, `▁a`" */
export function pieceList(tokens: readonly { readonly piece: string }[]): string {
  return tokens.map(({ piece }) => `\`${piece}\``).join(', ');
}

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** "two", "no" */
export function inWords(count: number): string {
  return words[count] ?? String(count);
}
