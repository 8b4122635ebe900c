import { cellsOf, hasOpenQuote } from './cells';
import {
  distinctPairs,
  type ListOptions,
  type ListedPair,
  type ReadList,
  type RejectedLine,
} from './listedConcept';
import { listOfRows, type Row } from './rows';

/** `: capital-world`, which begins a section of analogy questions. */
const sectionLine = /^:\s*([\p{L}\p{N}].*)$/u;

/** A quoted cell with line breaks goes over so many lines at most. */
const mostLinesOfCell = 20;

/** Without a section, fewer lines of four words are prose. */
const fewestQuestions = 3;

interface Line {
  /** From 1. */
  readonly number: number;
  readonly text: string;
  /** The index of its section; −1 before the first. */
  readonly section: number;
}

/**
 * Pairs out of prose, lists, tables and analogy questions, a line each. Blank lines, comments, table rules and the header
 * above one are passed over; every other line without exactly two words is reported.
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

/** Two words with a wide gap between them may have blanks inside. */
function wordsOf(line: string): string[] {
  const sides = line.split(/\s{2,}/u);
  return sides.length === 2 ? sides : line.split(/\s+/u);
}

/** Every two pairs of a section are crossed to a question `a b c d`; here they are pairs again, each once. */
function questions(
  cut: readonly Omit<Row, 'cells' | 'isTabular'>[],
  names: readonly (string | null)[],
): ReadList {
  const rejected: RejectedLine[] = [];
  const pairs = names.map((): ListedPair[] => []);
  for (const { line, text, section } of cut) {
    const [a, b, c, d, ...more] = text.split(/\s+/u);
    if (a === undefined || b === undefined || c === undefined || d === undefined || more.length > 0) {
      rejected.push({ line, text, reason: 'not the four words of an analogy question' });
    } else pairs[section]!.push({ base: a, answers: [b] }, { base: c, answers: [d] });
  }
  const sections = names.map((name, i) => ({ name, pairs: distinctPairs(pairs[i]!) }));
  const note = 'read as analogy questions: each pair once, of every two of a section';
  return { sections, rejected, unit: 'line', notes: [note], header: null, columns: null, refusal: null };
}

/** Lines that may hold a pair, and the names of the sections above them. */
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

/** How many lines the quoted cell takes that opens in the line at `start`; one where it does not close. */
function linesOfCell(lines: readonly string[], start: number): number {
  for (let extent = 2; extent <= mostLinesOfCell; extent++) {
    const line = lines[start + extent - 1];
    if (line === undefined) return 1;
    if (line.split('"').length % 2 === 0) return /" *(?:[,;\t]|$)/u.test(line) ? extent : 1;
  }
  return 1;
}
