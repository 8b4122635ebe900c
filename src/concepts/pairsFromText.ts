import { arrow, cellsOf } from './lists/cells';
import type { ListedPair, RejectedLine } from './lists/listedConcept';
import { readList } from './lists/readList';
import { wordOf } from './lists/words';

export interface PairsInText {
  readonly pairs: readonly ListedPair[];
  readonly rejected: readonly RejectedLine[];
  /** Why the text is not a list of pairs, if it has another format. */
  readonly refusal: string | null;
}

/**
 * Whether `text` is more than one word: it has a line break, an arrow, a tab or table bars. A comma or semicolon separates
 * two words only if there is exactly one between them: not in 1,000, nor in Washington, D.C.
 *
 * @param commas whether they count; they do not in multiple selections, each of which is a word
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

/** Reads pairs from selected text, in any format of a list. */
export function pairsFromText(text: string): PairsInText {
  const { sections, rejected, refusal } = readList(text, { header: false });
  return { pairs: sections.flatMap(({ pairs }) => pairs), rejected, refusal };
}

/**
 * Reads what is typed in one line: a pair, or several with commas or semicolons between them. These separate pairs only if each
 * part is one; otherwise they separate or belong to words, as in king, queen.
 */
export function pairsFromLine(line: string): PairsInText {
  const parts = line.split(/[,;]/u).filter((part) => part.trim() !== '');
  const each = parts.map(pairsFromText);
  const areAll = each.every(({ pairs, rejected }) => pairs.length === 1 && rejected.length === 0);
  return areAll && parts.length > 0
    ? { pairs: each.flatMap(({ pairs }) => pairs), rejected: [], refusal: null }
    : pairsFromText(line);
}

/**
 * The concept's name for a file: its name without folder, extension and brackets. `[male - female].txt` → `male - female`.
 */
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
