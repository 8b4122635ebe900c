import { t } from '@vscode/l10n';
import { cellsOf, hasOpenQuote } from './cells';
import {
  distinctPairs,
  type ListOptions,
  type ListedPair,
  type ReadList,
  type RejectedLine,
} from './listedConcept';
import { listOfRows, type Row } from './rows';

/** `: capital-world`, which starts a section of analogy questions. */
const sectionLine = /^:\s*([\p{L}\p{N}].*)$/u;

/** Largest number of lines of a quoted cell with line breaks. */
const mostLinesOfCell = 20;

/** Without a section, fewer lines of four words count as prose. */
const fewestQuestions = 3;

interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** Index of its section; −1 before the first one. */
  readonly section: number;
}

/**
 * Reads pairs from prose, lists, tables and analogy questions, one per line. Skips blank lines, comments, table rules and
 * the header above one; reports every other line without exactly two words.
 */
export function textList(text: string, options: ListOptions): ReadList {
  const { lines, names } = contentLines(text);
  const hasSections = names.length > 0;
  const sections: (string | null)[] = lines.some(({ section }) => section < 0) ? [null, ...names] : names;
  const shift = sections.length - names.length;
  const cut = lines.map(({ number, text: line, section }) => ({
    ...{ line: number, text: line.trim(), section: section + shift },
    ...cellsOf(line),
  }));
  const plain = cut
    .filter(({ separator }) => separator === 'none')
    .map(({ text: line }) => wordsOf(line).length);
  const share = (count: number): boolean =>
    2 * plain.filter((words) => words === count).length > lines.length;
  if (share(4) && (hasSections || lines.length >= fewestQuestions)) return questions(cut, sections);
  const byBlanks = share(2) || (hasSections && plain.some((words) => words === 2));
  const rows = cut.map(({ line, text: content, section, separator, cells }): Row => ({
    ...{ line, text: content, section },
    cells: separator === 'none' && byBlanks ? wordsOf(content) : cells,
    isTabular: !['arrow', 'dash', 'none'].includes(separator),
  }));
  return listOfRows({ rows, sections, unit: 'line' }, options);
}

/** Two words separated by a wide gap may contain blanks. */
function wordsOf(line: string): string[] {
  const sides = line.split(/\s{2,}/u);
  return sides.length === 2 ? sides : line.split(/\s+/u);
}

/** Recovers the pairs, without duplicates, from questions `a b c d`, which combine every two pairs of a section. */
function questions(
  cut: readonly Omit<Row, 'cells' | 'isTabular'>[],
  names: readonly (string | null)[],
): ReadList {
  const rejected: RejectedLine[] = [];
  const pairs = names.map((): ListedPair[] => []);
  for (const { line, text, section } of cut) {
    const [a, b, c, d, ...more] = text.split(/\s+/u);
    if (a === undefined || b === undefined || c === undefined || d === undefined || more.length > 0) {
      rejected.push({ line, text, reason: t('not the four words of an analogy question') });
    } else pairs[section]!.push({ base: a, answers: [b] }, { base: c, answers: [d] });
  }
  const sections = names.map((name, i) => ({ name, pairs: distinctPairs(pairs[i]!) }));
  const note = t('read as analogy questions, with each pair counted once');
  return { sections, rejected, unit: 'line', notes: [note], header: null, columns: null, refusal: null };
}

/** Lines that may contain a pair, and the names of their sections. */
function contentLines(text: string): { lines: Line[]; names: string[] } {
  const physical = text.split(/\r\n|\n|\r/u);
  const lines: Line[] = [];
  const names: string[] = [];
  let section = -1;
  for (let index = 0; index < physical.length; index++) {
    const number = index + 1;
    const first = physical[index]!;
    const trimmed = first.trim();
    if (trimmed === '' || isComment(trimmed) || isTableRule(trimmed)) continue;
    const next = physical[index + 1]?.trim() ?? '';
    if (isTableRule(next) && (next.includes('|') || first.includes('|'))) continue;
    const name = sectionLine.exec(trimmed)?.[1];
    if (name !== undefined) {
      section = names.includes(name) ? names.indexOf(name) : names.push(name) - 1;
      continue;
    }
    const extent = hasOpenQuote(first) ? linesOfCell(physical, index) : 1;
    lines.push({ number, text: physical.slice(index, index + extent).join('\n'), section });
    index += extent - 1;
  }
  return { lines, names };
}

function isComment(line: string): boolean {
  return /^#(?:\s|$)/u.test(line) || line.startsWith('//');
}

/** `| --- | :-: |` and `---`. */
function isTableRule(line: string): boolean {
  return line.includes('--') && /^[\s|:-]+$/u.test(line);
}

/** Number of lines of the quoted cell that starts in line `start`; one if it is not closed. */
function linesOfCell(lines: readonly string[], start: number): number {
  for (let extent = 2; extent <= mostLinesOfCell; extent++) {
    const line = lines[start + extent - 1];
    if (line === undefined) return 1;
    if (line.split('"').length % 2 === 0) return /" *(?:[,;\t]|$)/u.test(line) ? extent : 1;
  }
  return 1;
}
