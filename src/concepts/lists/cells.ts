import { bare } from './words';

/** What separates the words of a line. `none`: only blanks, or nothing. */
export type Separator = 'arrow' | 'tab' | 'bar' | 'semicolon' | 'comma' | 'dash' | 'none';

export interface Cells {
  readonly separator: Separator;
  /** Without quotes; includes empty cells. */
  readonly cells: readonly string[];
}

export const arrow = /→|⇒|⟶|⟹|↦|-->|->|==>|=>/u;

/** List markers: a dash, a bullet or a number. */
const marker = /^(?:[-*+•]|\d{1,6}[.)])\s+/u;

/**
 * The words of one line. Separators have an order of preference: words in a line with an arrow may contain commas, but not
 * the other way round. Quotes protect a comma, as in CSV (RFC 4180).
 */
export function cellsOf(line: string): Cells {
  const content = withoutList(line.trim().replace(marker, ''));
  if (arrow.test(content)) return { separator: 'arrow', cells: content.split(arrow).map(bare) };
  // pandas leaves the first cell of a header empty, so a leading tab must not be trimmed.
  if (content.includes('\t'))
    return { separator: 'tab', cells: splitQuoted(line.replace(/[\r\n]/gu, ''), '\t') };
  if (content.includes('|')) {
    const inner = content.slice(Number(content.startsWith('|')), content.endsWith('|') ? -1 : undefined);
    return { separator: 'bar', cells: inner.split('|').map(bare) };
  }
  for (const [separator, mark] of [
    ['semicolon', ';'],
    ['comma', ','],
  ] as const) {
    const cells = splitQuoted(content, mark);
    if (cells.length > 1) return { separator, cells };
  }
  const sides = content.split(' - ');
  if (sides.length === 2 && sides.every((side) => !/\s/u.test(side.trim())))
    return { separator: 'dash', cells: sides.map(bare) };
  return { separator: 'none', cells: [bare(content)] };
}

/** `["king", "queen"],` and `('king', 'queen')` without their brackets, and without those of an enclosing list. */
function withoutList(content: string): string {
  if (!/^[[(]/u.test(content)) return content;
  let start = 0;
  let end = content.length;
  while (start < end && '[( '.includes(content[start]!)) start++;
  while (end > start && ']), '.includes(content[end - 1]!)) end--;
  const inner = content.slice(start, end);
  const isQuoted = /^["'“]/u.test(inner) && /["'”]$/u.test(inner);
  // Without quotes, only brackets around the whole text are certain not to belong to a word.
  if (isQuoted) return inner;
  return /^\[[^[\]]*\],?$/u.test(content) ? inner : content;
}

/**
 * The cells of a line of CSV: a cell in double quotes may contain the separator, and doubled quotes. A comma inside a number
 * (1,000) separates only if there is no other separator.
 */
export function splitQuoted(line: string, separator: string): string[] {
  const cells = split(line, separator, separator === ',');
  return cells.length === 1 && separator === ',' ? split(line, separator, false) : cells;
}

function split(line: string, separator: string, keepsNumbers: boolean): string[] {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = quotedCell(line, at, separator);
    const end = quoted ? quoted.end : endOfCell(line, at, separator, keepsNumbers);
    cells.push(quoted ? quoted.text.trim() : bare(line.slice(at, end)));
    if (end >= line.length) return cells;
    at = end + 1;
  }
}

function quotedCell(
  line: string,
  start: number,
  separator: string,
): { text: string; end: number } | undefined {
  let open = start;
  while (line[open] === ' ') open++;
  const close = line[open] === '"' ? '"' : line[open] === '“' ? '”' : undefined;
  if (close === undefined) return undefined;
  for (let at = line.indexOf(close, open + 1); at >= 0; at = line.indexOf(close, at + 2)) {
    if (close === '"' && line[at + 1] === '"') continue;
    let end = at + 1;
    while (line[end] === ' ') end++;
    if (end < line.length && line[end] !== separator) return undefined;
    const text = line.slice(open + 1, at);
    // A quotation mark that is the whole cell is kept.
    return text.trim() === '' && at > open + 1 ? undefined : { text: text.replaceAll('""', '"'), end };
  }
  return undefined;
}

function endOfCell(line: string, start: number, separator: string, keepsNumbers: boolean): number {
  for (let at = line.indexOf(separator, start); at >= 0; at = line.indexOf(separator, at + 1)) {
    const isInNumber = keepsNumbers && /^\d,\d{3}(?!\d)/u.test(line.slice(at - 1, at + 5));
    if (at === 0 || !isInNumber) return at;
  }
  return line.length;
}

/** Whether a quoted cell of this line continues in the next. */
export function hasOpenQuote(line: string): boolean {
  if (!line.includes('"') || arrow.test(line)) return false;
  return line.split('"').length % 2 === 0 && /(?:^|[,;\t]) *"/u.test(line);
}
