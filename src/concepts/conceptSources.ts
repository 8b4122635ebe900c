import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { MergedCategories, type Category } from './categories';
import type { Concept } from './concept';
import { MergedContexts, type Contexts } from './contexts';
import { parseConceptFile, type ConceptFile } from './conceptFile';
import { decodeText } from './lists/decodeText';
import { isObject } from './lists/jsonList';
import { listedPair, type ChosenColumns, type ListedConcept, type ListOptions } from './lists/listedConcept';
import { listNotes, noPairsText } from './lists/listNotes';
import { jsonOf, readList } from './lists/readList';
import { conceptNameFromFile } from './pairsFromText';
import { defaultTokenRule, isSameTokenRule, type TokenRule } from './tokenRule';

/** A file to read concepts from: a concept file, or a list of pairs in one of the formats of docs/pair-lists.md. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Found in a folder rather than named by the user: skipped with a note if it is not a list. */
  readonly isFound?: boolean;
  /** Options for this file, instead of those for all files. */
  readonly list?: ListOptions;
}

/** A concept as read from a file. */
export interface SourceConcept extends ListedConcept {
  readonly path: string;
  /** Number of lines or entries of its file without a pair. */
  readonly skipped: number;
}

/** The parts of a file that the user may want to read differently. */
export interface SourceChoice {
  readonly path: string;
  readonly header: readonly string[] | null;
  readonly columns: ChosenColumns | null;
}

export interface ConceptsFromFiles {
  readonly concepts: readonly SourceConcept[];
  /** The token rule of the concept files among them. */
  readonly tokens: TokenRule;
  /** Those of the concept files among them. */
  readonly contexts: Contexts;
  /** Those of the concept files among them. */
  readonly categories: readonly Category[];
  /** Notes on how lists were read and what was skipped, one sentence each. */
  readonly notes: readonly string[];
  readonly choices: readonly SourceChoice[];
}

/** Size limit of a list of pairs, in bytes. */
export const largestSource = 20_000_000;
/** Limit on the number of files. */
export const mostSources = 2000;
/** Depth of subfolders to search; BATS has its lists one level down. */
export const deepestFolder = 3;

/** Prefix of exported tables, which are often next to concepts but are not lists. */
export const exportPrefix = 'geometry.';

/** Whether a file of a folder may contain concepts. */
export function isConceptSource(fileName: string): boolean {
  const isList = /\.(?:json|jsonl|ndjson|txt|tsv|csv)$/iu.test(fileName);
  return isList && !fileName.startsWith(exportPrefix) && !/\.simulation\.json$/iu.test(fileName);
}

/** Folders of other lists that look the same, and of packages. */
const otherFolders = ['contexts', 'categories', 'node_modules'];

/** Whether a subfolder may contain lists of pairs. */
export function isSourceFolder(name: string): boolean {
  return !name.startsWith('.') && !otherFolders.includes(name);
}

/**
 * Reads concepts from files, in order. A list without names of its own becomes one concept with the file's name.
 *
 * @throws UserError with one sentence if a file named by the user is invalid, or two files have a concept of the same name
 */
export function conceptsFromFiles(
  files: readonly SourceFile[],
  options: ListOptions = {},
): ConceptsFromFiles {
  const concepts = new Map<string, SourceConcept>();
  const notes: string[] = [];
  const choices: SourceChoice[] = [];
  const contexts = new MergedContexts();
  const categories = new MergedCategories();
  let rule: { readonly tokens: TokenRule; readonly path: string } | undefined;
  for (const file of files) {
    const read = attempt(file, notes, () => readSource(file, file.list ?? options));
    if (!read) continue;
    if (read.tokens) {
      if (rule && !isSameTokenRule(rule.tokens, read.tokens))
        throw new UserError(t`${rule.path} and ${file.path} have different "tokens"; probe them separately.`);
      rule = { tokens: read.tokens, path: file.path };
    }
    contexts.add(read.contexts ?? {}, file.path);
    categories.add(read.categories ?? [], file.path);
    for (const concept of read.concepts)
      addConcept(concepts, { ...concept, path: file.path, skipped: read.skipped }, read.isNamed, notes);
    notes.push(...read.notes);
    choices.push(...read.choices);
  }
  // A choice of other columns may still give pairs.
  if (concepts.size === 0 && choices.length === 0 && notes[0] !== undefined) throw new UserError(notes[0]);
  return {
    ...{ concepts: [...concepts.values()], notes, choices, contexts: contexts.merged },
    categories: categories.merged,
    tokens: rule?.tokens ?? defaultTokenRule,
  };
}

interface ReadSource {
  readonly concepts: readonly ListedConcept[];
  /** Whether the names come from the list, and may also occur in another one. */
  readonly isNamed: boolean;
  /** The token rule of a concept file. */
  readonly tokens?: TokenRule;
  readonly contexts?: Contexts;
  readonly categories?: readonly Category[];
  readonly skipped: number;
  readonly notes: readonly string[];
  readonly choices: readonly SourceChoice[];
}

/** @throws the error of `read` if the user named the file or it is a concept file */
function attempt<T>({ path, isFound }: SourceFile, notes: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    const isOurs = /\.concepts\.json$/iu.test(path);
    if (!isFound || isOurs || !(error instanceof UserError)) throw error;
    notes.push(error.message);
    return undefined;
  }
}

function readSource({ path, bytes }: SourceFile, options: ListOptions): ReadSource {
  if (bytes.length > largestSource)
    throw new UserError(
      t`${path} has ${bytes.length} bytes, which is too large for a list of pairs; split it.`,
    );
  const text = decodeText(bytes, path);
  if (isConceptFile(path, text)) {
    const file = readConceptFile(path, text);
    const { concepts, tokens, contextPairs = [], contextSets = [], categories = [] } = file;
    return {
      concepts: concepts.map(listed),
      contexts: { contextPairs, contextSets },
      categories,
      isNamed: false,
      tokens: tokens ?? defaultTokenRule,
      skipped: 0,
      notes: [],
      choices: [],
    };
  }
  const list = readList(text, options);
  const skipped = list.rejected.length;
  const choices = choicesOf(path, list);
  const found = list.sections.filter(({ pairs }) => pairs.length > 0);
  if (found.length === 0)
    return { concepts: [], isNamed: true, skipped, notes: [noPairsText(path, list)], choices };
  return {
    concepts: found.map(({ name, pairs }) => ({ name: name ?? conceptNameFromFile(path), pairs })),
    isNamed: found.every(({ name }) => name !== null),
    notes: listNotes(path, list),
    ...{ skipped, choices },
  };
}

function choicesOf(path: string, { header, columns }: Omit<SourceChoice, 'path'>): SourceChoice[] {
  return header || columns ? [{ path, header, columns }] : [];
}

/** Decides by name, or by keys. Invalid JSON is reported like that of a concept file, with its line. */
function isConceptFile(path: string, text: string): boolean {
  if (/\.concepts\.json$/iu.test(path)) return true;
  if (!/\.json$/iu.test(path)) return false;
  const value = jsonOf(text);
  if (value === undefined) return true;
  if (!isObject(value) || 'schema' in value) return false;
  return 'concepts' in value || typeof value['version'] === 'number';
}

function readConceptFile(path: string, text: string): ConceptFile {
  const parsed = parseConceptFile(text);
  if (parsed.ok) return parsed.file;
  const { line, column, message } = parsed.problem;
  throw new UserError(`${path}:${line}:${column}: ${message}.`);
}

function listed({ pairs, ...concept }: Concept): ListedConcept {
  return { ...concept, pairs: pairs.map(listedPair) };
}

/** Lists may repeat a name for the same words (WEAT's pleasant and unpleasant) or for others; concept files may not. */
function addConcept(
  concepts: Map<string, SourceConcept>,
  concept: SourceConcept,
  isNamed: boolean,
  notes: string[],
): void {
  const { name, path } = concept;
  const first = concepts.get(name);
  if (first === undefined) {
    concepts.set(name, concept);
    return;
  }
  if (JSON.stringify(first.pairs) === JSON.stringify(concept.pairs) && isNamed) {
    if (first.path !== path) notes.push(t`${path}: “${name}” is the same as in ${first.path}.`);
    return;
  }
  if (!isNamed)
    throw new UserError(t`The concept “${name}” is in ${first.path} and in ${path}; rename one of them.`);
  const other = freeName(concepts, `${name} (${conceptNameFromFile(path)})`);
  concepts.set(other, { ...concept, name: other });
}

function freeName(concepts: ReadonlyMap<string, unknown>, name: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (!concepts.has(candidate)) return candidate;
  }
}
