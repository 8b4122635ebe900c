import { arrow, cellsOf } from './lists/cells';
import type { ListedPair, RejectedLine } from './lists/listedConcept';
import { readList } from './lists/readList';
import { wordOf } from './lists/words';

export interface PairsInText {
  readonly pairs: readonly ListedPair[];
  readonly rejected: readonly RejectedLine[];
  /** Why the whole is no list of pairs, if it has the form of another. */
  readonly refusal: string | null;
}

/**
 * Whether `text` is more than one word: a line break, an arrow, a tab or a table's bars. A comma or semicolon separates two
 * words only where it stands alone between them: not in 1,000, nor in Washington, D.C.
 *
 * @param commas whether they count: of several selections each is a word already
 */
export function looksLikePairs(text: string, commas = true): boolean {
  const word = wordOf(text);
  if (/[\n\r\t]|\s\||\|\s|^\|.*\|$/u.test(word) || arrow.test(word)) return true;
  if (!commas || !/[,;]/u.test(word)) return false;
  const { separator, cells } = cellsOf(word);
  if (separator !== 'comma' && separator !== 'semicolon') return false;
  const words = cells.filter((cell) => cell !== '');
  if (/^[\d.,]+$/u.test(word) && !/\s/u.test(word)) return false;
  return (
    words.length > 1 && !words.slice(1).some((cell) => /^(?:\p{L}{1,3}\.)+(?:\p{L}{1,3}\.?)?$/u.test(cell))
  );
}

/** Pairs out of selected text, in any form that a list may have. */
export function pairsFromText(text: string): PairsInText {
  const { sections, rejected, refusal } = readList(text, { header: false });
  return { pairs: sections.flatMap(({ pairs }) => pairs), rejected, refusal };
}

/** A concept's name out of a file's name: no folder, no extension, no brackets. `[male - female].txt` → `male - female`. */
export function conceptNameFromFile(path: string): string {
  const name = path.split(/[\\/]/u).at(-1)!;
  const stem = name.replace(/\.concepts\.json$/iu, '').replace(/(?<=.)\.[^.]*$/u, '');
  return (
    stem
      .replace(/[[\](){}]/gu, '')
      .replace(/\s+/gu, ' ')
      .trim() || stem
  );
}
