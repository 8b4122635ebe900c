import { longestWord, type CounterfactualPair } from './concept';

/** A line that holds no pair. `line` counts from 1. */
export interface RejectedLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

export interface PairsInText {
  readonly pairs: readonly CounterfactualPair[];
  readonly rejected: readonly RejectedLine[];
}

/** In order of preference: a line with an arrow may hold commas in its words, but not the other way round. */
const separators = [/\s*(?:→|⇒|⟶|⟹|↦|->|=>|-->|==>)\s*/u, /\t+/u, /\s*\|\s*/u, /\s*[,;]\s*/u];

const tableRule = /^\|?[\s:]*-{2,}[\s:|-]*$/u;

/** Whether `text` is more than one word: a line break or anything that separates two words of a pair. */
export function looksLikePairs(text: string): boolean {
  const word = wordOf(text);
  return word.includes('\n') || separators.some((separator) => separator.test(word));
}

/** A word without the spaces and marks that a selection took along (`king,`); marks alone stay. */
export function wordOf(text: string): string {
  return text.replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '') || text.trim();
}

/**
 * Pairs out of prose, lists and tables, one a line: `king → queen`, `king, queen`, `king<TAB>queen`,
 * `| king | queen |`, `["king", "queen"],`. Blank lines, `# comments`, table rules and the header above a rule are passed over;
 * every other line without exactly two words is reported.
 */
export function pairsFromText(text: string): PairsInText {
  const lines = text.split(/\r\n|\n|\r/u);
  const pairs: CounterfactualPair[] = [];
  const rejected: RejectedLine[] = [];
  lines.forEach((line, index) => {
    const next = lines[index + 1]?.trim() ?? '';
    const isHeader = tableRule.test(next) && (next.includes('|') || line.includes('|'));
    if (line.trim() === '' || /^#(?:\s|$)/u.test(line.trim()) || tableRule.test(line.trim()) || isHeader)
      return;
    const words = wordsOf(line);
    const [base, target] = words;
    const isPair = words.length === 2 && words.every((word) => word.length <= longestWord);
    if (base && target && isPair) pairs.push({ base, target });
    else rejected.push({ line: index + 1, text: line.trim(), reason: reasonFor(words) });
  });
  return { pairs, rejected };
}

/** A concept's name out of a file's name: no folder, no extension, no brackets. `[male - female].txt` → `male - female`. */
export function conceptNameFromFile(path: string): string {
  const name = path.split(/[\\/]/u).at(-1)!;
  const stem = name.replace(/\.concepts\.json$/iu, '').replace(/(?<=.)\.[^.]*$/u, '');
  return stem.replace(/[[\](){}]/gu, '').trim() || stem;
}

function wordsOf(line: string): string[] {
  const content = line
    .trim()
    .replace(/^(?:[-*+•]|\d+[.)])\s+/u, '')
    .replace(/^\[(.*)\],?$/u, '$1')
    .replace(/^\|\s*|\s*\|$/gu, '');
  const separator = separators.find((candidate) => candidate.test(content));
  return (separator ? content.split(separator) : [content]).map(bare).filter((word) => word !== '');
}

/** A word without the quotes or emphasis around it. A mark that is the whole word stays. */
function bare(word: string): string {
  return word.trim().replace(/^(["'`“”‘’«»*_]+)(.+?)\1$|^[“‘«](.+)[”’»]$/u, '$2$3');
}

function reasonFor(words: readonly string[]): string {
  if (words.length === 2) return `a word of more than ${longestWord} characters`;
  if (words.length > 2) return `${words.length} words instead of two`;
  return 'no second word after an arrow, a tab, a comma, a semicolon or a table bar';
}
