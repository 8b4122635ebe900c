import { t } from '@vscode/l10n';
import { longestWord } from '../concept';

const isMeaningful = /[\p{L}\p{N}]/u;

/** Opening marks around a word, each with its closing mark. */
const closing: ReadonlyMap<string, string> = new Map([
  ...['"', "'", '`', '*', '_'].map((mark) => [mark, mark] as const),
  ['“', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['«', '»'],
  ['»', '«'],
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
]);

const quotes = '"\'`“„‘«»*_';
const brackets = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
] as const;

/** A word without surrounding quotes or emphasis. A mark that is the whole word is kept. */
export function bare(word: string): string {
  const text = word.trim();
  return quotes.includes(text.charAt(0)) ? unwrapped(text) : text;
}

/** Removes equal marks at both ends if they occur nowhere else: `**king**`. */
function unwrapped(text: string): string {
  const open = text.charAt(0);
  const close = closing.get(open);
  if (close === undefined) return text;
  let depth = 0;
  while (depth < text.length / 2 && text[depth] === open && text[text.length - 1 - depth] === close) depth++;
  const inside = text.slice(depth, text.length - depth).trim();
  // The apostrophe of ‘don’t’ is not a closing quote.
  const marks = inside.replace(/(?<=\p{L})['’](?=\p{L})/gu, '');
  return depth === 0 || inside === '' || marks.includes(open) || marks.includes(close) ? text : inside;
}

const leading = ',;:!?¿¡…—–';
const trailing = ',;:!?…—–';
const loneOpening = '"“„‘«([{';
const loneClosing = '"”“»)]}';

/** Abbreviations keep their last full stop: U.S., Ph.D., p.m. */
const abbreviation = /^(?:\p{L}{1,3}\.){2,}$/u;

/** Maximum depth of nested marks. */
const mostLayers = 8;

/**
 * A word without what a selection may include accidentally: surrounding spaces, quotes and brackets, and a comma or full
 * stop at the end. Keeps what belongs to the word (C#, 's, 1,000, U.S., -ing), and words that consist only of marks.
 */
export function wordOf(text: string): string {
  let word = text.trim();
  for (let layer = 0; layer < mostLayers; layer++) {
    const before = word;
    word = withoutEnds(unwrapped(word));
    if (word === before) break;
  }
  return word === '' ? text.trim() : word;
}

function withoutEnds(word: string): string {
  const lone = loneMarks(word);
  let start = 0;
  let end = word.length;
  const isTaken = (mark: string, marks: string, loneOnes: string): boolean =>
    marks.includes(mark) || mark.trim() === '' || (loneOnes.includes(mark) && lone.has(mark));
  while (start < end && isTaken(word[start]!, leading, loneOpening)) start++;
  while (end > start && isTaken(word[end - 1]!, trailing, loneClosing)) end--;
  const stops = end;
  while (end > start && word[end - 1] === '.') end--;
  if (stops - end === 1 && abbreviation.test(word.slice(lastGap(word, end) + 1, stops))) end = stops;
  return word.slice(start, end).replace(/^-\s+/u, '').trim();
}

function lastGap(word: string, end: number): number {
  return Math.max(word.lastIndexOf(' ', end), word.lastIndexOf('\n', end), word.lastIndexOf('\t', end));
}

/** Unmatched brackets and quotes. Apostrophes do not count: don't, 's, the kings'. */
export function loneMarks(word: string): ReadonlySet<string> {
  const lone = new Set<string>();
  for (const [open, close] of brackets) {
    let depth = 0;
    for (const mark of word) {
      if (mark === open) depth++;
      else if (mark === close && --depth < 0) {
        lone.add(close);
        depth = 0;
      }
    }
    if (depth > 0) lone.add(open);
  }
  const counts = (mark: string): number => word.split(mark).length - 1;
  for (const mark of ['"', '`'] as const) if (counts(mark) % 2 === 1) lone.add(mark);
  if ((counts('“') + counts('”') + counts('„')) % 2 === 1) ['“', '”', '„'].forEach((mark) => lone.add(mark));
  if (counts('«') !== counts('»')) ['«', '»'].forEach((mark) => lone.add(mark));
  if (counts('‘') > counts('’')) lone.add('‘');
  return lone;
}

/** Why a text cannot be a word; `undefined` if it can. */
export function wordProblem(word: string): string | undefined {
  if (word.length > longestWord) return t`a word of more than ${longestWord} characters`;
  if (/[\n\r]/u.test(word)) return t('a line break inside a word');
  if (word.includes('\uFFFD')) return t`a letter of “${word}” was lost (\uFFFD) when its file was saved`;
  // Words may consist only of marks: ( → ), :-) → :-(.
  if (!isMeaningful.test(word)) return undefined;
  const [mark] = loneMarks(word);
  return mark === undefined ? undefined : t`“${word}” has an unmatched ${mark}`;
}

/** The answers separated by slashes, `woman/lady`; a single one for a word with a slash, such as 1/2 or A/B. */
export function answersOf(word: string): readonly string[] {
  if (!word.includes('/')) return [word];
  const answers = word.split('/').map((answer) => answer.trim());
  return answers.every(isAnswer) ? [...new Set(answers)] : [word];
}

/** Two letters, or one in a script that has words of one letter. */
function isAnswer(answer: string): boolean {
  return /\p{L}.*\p{L}|\p{scx=Han}|\p{scx=Hira}|\p{scx=Kana}/su.test(answer);
}

/** Whether a word is in a script without spaces between words. */
export function isWrittenWithoutSpaces(word: string): boolean {
  return /^[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{sc=Tibetan}]+$/u.test(
    word,
  );
}
