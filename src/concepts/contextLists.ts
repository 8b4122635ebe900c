import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import type { CounterfactualPair } from './concept';
import { longestContext, type ContextPairs, type ContextSet } from './contexts';
import { isObject } from './lists/jsonList';
import { conceptNameFromFile } from './pairsFromText';

/** A text file of contexts. */
export interface ContextFile {
  readonly path: string;
  readonly text: string;
}

/** What a file has, and one sentence for all lines that it could not use. */
export interface ReadContexts<T> {
  readonly sets: readonly T[];
  readonly notes: readonly string[];
}

/** One line: entries for named sets, nothing (a blank line or a heading), or why it is no entry. */
type Line<T> =
  { readonly entries: readonly (readonly [set: string, entry: T])[] } | { readonly problem: string };

const pairForm = t('a name, a base context and a target context, with tabs between them');
const setForm = t('a label, a tab and a text');

/**
 * Pairs of contexts, a line each: tab-separated (name, base, target; or base and target, named after the file), or JSON
 * lines (`{"name", "base", "target"}`, `["base", "target"]`, or two texts under keys that name them).
 *
 * @throws UserError if no line is a pair
 */
export function contextPairsOf(file: ContextFile): ReadContexts<ContextPairs> {
  const { sets, notes } = readLines(file, pairForm, (line) => {
    const json = jsonOf(line);
    return json === undefined
      ? tabbedPair(line, conceptNameFromFile(file.path))
      : jsonPair(json, conceptNameFromFile(file.path));
  });
  return { sets: sets.map(([name, pairs]) => ({ name, pairs })), notes };
}

/**
 * Labelled contexts, a line each: tab-separated (label, text), or JSON lines (`{"label", "text"}`, or a text for each of
 * several labels, such as `{"fr": "…", "es": "…"}`). Lines of Park et al.'s `paired_contexts` (`lang0`, `contexts0`,
 * `word0` …) are sets of their languages, whose contexts end before the word.
 *
 * @throws UserError if no line is a context
 */
export function contextSetsOf(file: ContextFile): ReadContexts<ContextSet> {
  const { sets, notes } = readLines(file, setForm, (line) => {
    const json = jsonOf(line);
    return json === undefined ? tabbedText(line) : jsonTexts(json);
  });
  return { sets: sets.map(([label, texts]) => ({ label, texts })), notes };
}

function readLines<T>(
  { path, text }: ContextFile,
  form: string,
  read: (line: string) => Line<T>,
): { readonly sets: readonly (readonly [string, readonly T[]])[]; readonly notes: readonly string[] } {
  const sets = new Map<string, T[]>();
  const problems: { readonly line: number; readonly problem: string }[] = [];
  text.split(/\r?\n/u).forEach((line, index) => {
    if (line.trim() === '') return;
    const found = read(line);
    if ('problem' in found) problems.push({ line: index + 1, problem: found.problem });
    else for (const [set, entry] of found.entries) pushTo(sets, set, entry);
  });
  const [first] = problems;
  if (sets.size === 0) {
    const why = first ? t`line ${first.line} ${first.problem}` : t('it is empty');
    throw new UserError(t`${path} has no contexts: ${why}; write ${form} on each line.`);
  }
  const notes = first
    ? [
        problems.length === 1
          ? t`${path}: skipped a line; line ${first.line} ${first.problem}.`
          : t`${path}: skipped ${problems.length} lines; line ${first.line} ${first.problem}.`,
      ]
    : [];
  return { sets: [...sets], notes };
}

function pushTo<T>(sets: Map<string, T[]>, name: string, entry: T): void {
  const known = sets.get(name);
  if (known) known.push(entry);
  else sets.set(name, [entry]);
}

function tabbedPair(line: string, fileName: string): Line<CounterfactualPair> {
  const cells = line.split('\t').map((cell) => cell.trim());
  if (cells.length > 3) return { problem: t`has ${cells.length} columns instead of three` };
  const [target, base, name = fileName] = cells.toReversed();
  if (base === undefined) return { problem: t('has no tab') };
  if (isHeading(cells, ['base', 'target'])) return { entries: [] };
  return pairEntry(name, base, target!);
}

function jsonPair(value: unknown, fileName: string): Line<CounterfactualPair> {
  if (Array.isArray(value)) {
    const [base, target] = value as unknown[];
    return isText(base) && isText(target) && value.length === 2
      ? pairEntry(fileName, base, target)
      : { problem: t('is not a list of two texts') };
  }
  if (!isObject(value)) return { problem: t('is neither a list nor an object') };
  const { name, base, target } = value;
  if (isText(base) && isText(target)) return pairEntry(isText(name) ? name : fileName, base, target);
  if ('contexts0' in value)
    return { problem: t('has single contexts, which are not paired; import them as labelled contexts') };
  const texts = Object.entries(value).filter((entry): entry is [string, string] => isText(entry[1]));
  const [first, second] = texts;
  if (!first || !second || texts.length > 2) return { problem: t('does not have two texts') };
  return pairEntry(`${first[0]} → ${second[0]}`, first[1], second[1]);
}

function pairEntry(name: string, base: string, target: string): Line<CounterfactualPair> {
  if (base.trim() === '' || target.trim() === '') return { problem: t('has an empty context') };
  const long = [base, target].some((text) => text.length > longestContext);
  return long ? { problem: tooLong } : { entries: [[name.trim(), { base, target }]] };
}

const tooLong = t`has a context of more than ${longestContext} characters`;

function tabbedText(line: string): Line<string> {
  const tab = line.indexOf('\t');
  if (tab < 0) return { problem: t('has no tab') };
  const [label, text] = [line.slice(0, tab).trim(), line.slice(tab + 1).trim()];
  if (isHeading([label, text], ['label', 'text'])) return { entries: [] };
  return textEntries([[label, text]]);
}

function jsonTexts(value: unknown): Line<string> {
  if (!isObject(value)) return { problem: t('is not an object') };
  const { label, text } = value;
  if (isText(text) && (isText(label) || typeof label === 'number'))
    return textEntries([[String(label), text]]);
  if ('contexts0' in value) return textEntries(wordContexts(value));
  return textEntries(Object.entries(value).filter((entry): entry is [string, string] => isText(entry[1])));
}

/** Contexts of two languages that end in a word: the word is what the model should predict, so it is left out. */
function wordContexts(value: Readonly<Record<string, unknown>>): [string, string][] {
  return ['0', '1'].flatMap((side) => {
    const [label, word, contexts] = [value[`lang${side}`], value[`word${side}`], value[`contexts${side}`]];
    if (!isText(label) || !Array.isArray(contexts)) return [];
    return contexts.filter(isText).map((context): [string, string] => {
      const text = context.trimEnd();
      return [
        label,
        isText(word) && text.endsWith(word) ? text.slice(0, text.length - word.length).trimEnd() : text,
      ];
    });
  });
}

function textEntries(entries: readonly (readonly [string, string])[]): Line<string> {
  const usable = entries.filter(([label, text]) => label !== '' && text.trim() !== '');
  if (usable.length === 0) return { problem: t('has no label with a text') };
  return usable.some(([, text]) => text.length > longestContext) ? { problem: tooLong } : { entries: usable };
}

function isHeading(cells: readonly string[], names: readonly string[]): boolean {
  return cells.slice(-names.length).every((cell, i) => cell.toLowerCase() === names[i]);
}

/** The JSON value of a line that begins as a list or an object. */
function jsonOf(line: string): unknown {
  if (!/^\s*[[{]/u.test(line)) return undefined;
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
