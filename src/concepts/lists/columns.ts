import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type { ChosenColumns, ListOptions } from './listedConcept';

/** Names of columns other than words that a pair may consist of. */
const columnNames = new Set(
  (
    'base target source word words term token lemma form id idx index nr number count freq frequency score pos tag ' +
    'category concept relation label class group type original counterfactual ' +
    'note notes comment comments example examples sentence context definition gloss url tags list'
  ).split(' '),
);

/** Names of categories of words: the names of both columns of a pair may be such, as male and female. */
const kindNames = new Set(
  (
    'male female masculine feminine neuter singular plural noun nouns verb verbs adjective adjectives adj adverb adv ' +
    'pronoun possessive gerund participle tense comparative superlative antonym antonyms synonym synonyms ' +
    'hypernym hyponym meronym holonym country capital city state nationality currency language english french german ' +
    'spanish italian portuguese dutch russian chinese japanese korean arabic latin thing color colour part animal name ' +
    'lowercase uppercase infinitive'
  ).split(' '),
);

/** Column names only next to one of those: past and present may also be a pair. */
const weakNames = new Set('past present future positive negative left right upper lower a b'.split(' '));

/** Pairs of names for base and target columns, at any position in a table. */
const wellKnown: readonly (readonly [string, string])[] = [
  ['base', 'target'],
  ['source', 'target'],
  ['original', 'counterfactual'],
  ['word1', 'word2'],
  ['word0', 'word1'],
  ['word a', 'word b'],
  ['from', 'to'],
  ['male', 'female'],
  ['masculine', 'feminine'],
  ['singular', 'plural'],
];

const number = /^[-+]?\d[\d.,]*(?:e[-+]?\d+)?%?$/iu;

function plainName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_.-]+/gu, ' ')
    .replace(/ (?=\d+$)/u, '');
}

function isName(cell: string, isWeakEnough: boolean): boolean {
  const isKnown = (part: string): boolean =>
    columnNames.has(part) || kindNames.has(part) || (isWeakEnough && weakNames.has(part));
  const parts = plainName(cell)
    .replace(/\d+$/u, '')
    .split(' ')
    .filter((part) => part !== '');
  return parts.length > 0 && parts.every(isKnown);
}

/** The cells of one column without the first row. */
const below = (rows: readonly (readonly string[])[], column: number): string[] =>
  rows.slice(1).map((cells) => cells[column] ?? '');

/**
 * Whether the first row has the names of the columns. Capitals are not enough: it takes names of columns or of kinds of
 * words, a column of numbers below a cell that is not one, an index without a name (pandas), or a constant column.
 *
 * @param wanted column names, which the first row must then have
 * @param hasKinds whether names of kinds of words (male and female) are sufficient; in JSON these are a pair
 */
export function isHeader(
  rows: readonly (readonly string[])[],
  wanted: ListOptions['columns'],
  hasKinds: boolean,
): boolean {
  const [first] = rows;
  if (!first || rows.length < 2 || first.length < 2) return false;
  if (wanted?.every((name) => !/^\d+$/u.test(name) && indexOfName(first, name) >= 0)) return true;
  if (!hasKinds) return first.every((cell) => columnNames.has(plainName(cell).replace(/\d+$/u, '')));
  if (first.every((cell) => isName(cell, true)) && first.some((cell) => isName(cell, false))) return true;
  if (first.length > 2 && first.filter((cell) => isName(cell, false)).length > 1) return true;
  return first.some((cell, column) => {
    const others = below(rows, column);
    const isNumbers = others.every((other) => number.test(other));
    if (isNumbers) return !number.test(cell);
    const isConstant = others.length > 1 && new Set(others).size === 1;
    return first.length > 2 && isConstant && cell !== others[0] && others[0] !== '';
  });
}

/** Whether capitals suggest that the first row has names, which is not certain. */
export function mayBeHeader(rows: readonly (readonly string[])[]): boolean {
  const isCapital = (cell: string): boolean => /^\p{Lu}/u.test(cell);
  const [first, ...others] = rows;
  return (
    first !== undefined &&
    others.length > 2 &&
    first.every(isCapital) &&
    !others.some((cells) => cells.some(isCapital))
  );
}

function indexOfName(names: readonly string[], name: string): number {
  const exact = names.indexOf(name.trim());
  return exact >= 0 ? exact : names.findIndex((other) => plainName(other) === plainName(name));
}

/**
 * The two columns of words: those that the user selected, those with well-known names, or the first two with words.
 *
 * @param names from the header, or `null`
 * @param rows without the header
 * @throws UserError with the end of a sentence if there are no such columns
 */
export function chooseColumns(
  names: readonly string[] | null,
  rows: readonly (readonly string[])[],
  width: number,
  wanted: ListOptions['columns'],
): ChosenColumns {
  const shown = Array.from({ length: width }, (_, i) => {
    const name = names?.[i]?.trim() ?? '';
    return name === '' ? t`column ${i + 1}` : name;
  });
  if (wanted)
    return { names: shown, chosen: [wantedColumn(shown, wanted[0]), wantedColumn(shown, wanted[1])] };
  if (names) {
    const plain = names.map(plainName);
    const known = wellKnown.map(([a, b]) => [plain.indexOf(a), plain.indexOf(b)] as const);
    const found = known.find(([a, b]) => a >= 0 && b >= 0);
    if (found) return { names: shown, chosen: found };
  }
  const all = shown.map((_, column) => column);
  const cells = (column: number): string[] => rows.map((row) => row[column] ?? '');
  const ofWords = all.filter((column) => cells(column).some((cell) => cell !== '' && !number.test(cell)));
  const varied = ofWords.filter((column) => new Set(cells(column)).size > 1);
  const [base, target] = varied.length >= 2 ? varied : ofWords.length >= 2 ? ofWords : width === 2 ? all : [];
  if (base === undefined || target === undefined)
    throw new UserError(t('only one of its columns contains words; a pair needs two'));
  return { names: shown, chosen: [base, target] };
}

function wantedColumn(names: readonly string[], wanted: string): number {
  const named = indexOfName(names, wanted);
  const place = named >= 0 ? named : /^\d+$/u.test(wanted.trim()) ? Number(wanted) - 1 : -1;
  if (place >= 0 && place < names.length) return place;
  throw new UserError(t`there is no column “${wanted}”; it has ${names.join(', ')}`);
}
