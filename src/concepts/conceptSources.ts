import { UserError } from '../errors';
import type { Concept } from './concept';
import { parseConceptFile, type ConceptFile } from './conceptFile';
import { decodeText } from './lists/decodeText';
import { isObject } from './lists/jsonList';
import { listedPair, type ChosenColumns, type ListedConcept, type ListOptions } from './lists/listedConcept';
import { listNotes, noPairsSentence } from './lists/listNotes';
import { jsonOf, readList } from './lists/readList';
import { conceptNameFromFile } from './pairsFromText';
import { defaultTokenRule, isSameTokenRule, type TokenRule } from './tokenRule';

/** A file that a user offers as concepts: a concept file, or a list of pairs in one of the forms of docs/pair-lists.md. */
export interface SourceFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** Found in a folder, not named by the user: what is no list is skipped with a note. */
  readonly isFound?: boolean;
  /** How to read this one, instead of how all are read. */
  readonly list?: ListOptions;
}

/** A concept as a file gives it. */
export interface SourceConcept extends ListedConcept {
  readonly path: string;
  /** Lines or entries of its file without a pair. */
  readonly skipped: number;
}

/** What a user may want to read otherwise in a file. */
export interface SourceChoice {
  readonly path: string;
  readonly header: readonly string[] | null;
  readonly columns: ChosenColumns | null;
}

export interface ConceptsFromFiles {
  readonly concepts: readonly SourceConcept[];
  /** The rule of the concept files among them. */
  readonly tokens: TokenRule;
  /** How lists were read and what of them was skipped, one sentence each. */
  readonly notes: readonly string[];
  readonly choices: readonly SourceChoice[];
}

/** Larger files are no lists of pairs. In bytes. */
export const largestSource = 20_000_000;
/** More files are no lists of one study. */
export const mostSources = 2000;
/** Folders in folders that are looked into: BATS keeps its lists one down. */
export const deepestFolder = 3;

/** Our own tables lie beside concepts without being any. */
export const exportPrefix = 'geometry.';

/** Files in a folder that may hold concepts. */
export function isConceptSource(fileName: string): boolean {
  const isList = /\.(?:json|jsonl|ndjson|txt|tsv|csv)$/iu.test(fileName);
  return isList && !fileName.startsWith(exportPrefix) && !/\.simulation\.json$/iu.test(fileName);
}

/** Folders in a folder that hold no lists of the user's. */
export function isSourceFolder(name: string): boolean {
  return !name.startsWith('.') && name !== 'node_modules';
}

/**
 * Concepts out of files, in order. A list without names of its own is one concept with the file's name.
 *
 * @throws UserError with one sentence if a file that the user named is invalid, or a concept's name is in two files
 */
export function conceptsFromFiles(
  files: readonly SourceFile[],
  options: ListOptions = {},
): ConceptsFromFiles {
  const concepts = new Map<string, SourceConcept>();
  const notes: string[] = [];
  const choices: SourceChoice[] = [];
  let rule: { readonly tokens: TokenRule; readonly path: string } | undefined;
  for (const file of files) {
    const read = attempt(file, notes, () => readSource(file, file.list ?? options));
    if (!read) continue;
    if (read.tokens) {
      if (rule && !isSameTokenRule(rule.tokens, read.tokens))
        throw new UserError(`${rule.path} and ${file.path} differ in "tokens"; probe them one by one.`);
      rule = { tokens: read.tokens, path: file.path };
    }
    for (const concept of read.concepts)
      addConcept(concepts, { ...concept, path: file.path, skipped: read.skipped }, read.isNamed, notes);
    notes.push(...read.notes);
    choices.push(...read.choices);
  }
  // Where columns can be chosen there may be pairs yet.
  if (concepts.size === 0 && choices.length === 0 && notes[0] !== undefined) throw new UserError(notes[0]);
  return { concepts: [...concepts.values()], notes, choices, tokens: rule?.tokens ?? defaultTokenRule };
}

interface ReadSource {
  readonly concepts: readonly ListedConcept[];
  /** Whether the names are the list's own, and may come again in another. */
  readonly isNamed: boolean;
  /** A concept file's rule. */
  readonly tokens?: TokenRule;
  readonly skipped: number;
  readonly notes: readonly string[];
  readonly choices: readonly SourceChoice[];
}

/** @throws UserError what `read` throws, if the user named the file or made it with this product */
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
    throw new UserError(`${path} has ${bytes.length} bytes, too many for a list of pairs; split it.`);
  const text = decodeText(bytes, path);
  if (isConceptFile(path, text)) {
    const { concepts, tokens } = readConceptFile(path, text);
    return {
      concepts: concepts.map(listed),
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
    return { concepts: [], isNamed: true, skipped, notes: [noPairsSentence(path, list)], choices };
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

/** By its name, or by its keys; JSON that is broken is told as a concept file's is, with its line. */
function isConceptFile(path: string, text: string): boolean {
  if (/\.concepts\.json$/iu.test(path)) return true;
  if (!/\.json$/iu.test(path)) return false;
  const value = jsonOf(text);
  if (value === undefined) return true;
  if (!isObject(value) || 'schema' in value) return false;
  return 'concepts' in value || typeof value['version'] === 'number';
}

function readConceptFile(path: string, text: string): Pick<ConceptFile, 'concepts' | 'tokens'> {
  const parsed = parseConceptFile(text);
  if (parsed.ok) return parsed.file;
  const { line, column, message } = parsed.problem;
  throw new UserError(`${path}:${line}:${column}: ${message}.`);
}

function listed({ pairs, ...concept }: Concept): ListedConcept {
  return { ...concept, pairs: pairs.map(listedPair) };
}

/** Lists may name the same words (WEAT's pleasant and unpleasant) or others of the same name; files may not. */
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
    if (first.path !== path) notes.push(`${path}: “${name}” is the same as in ${first.path}.`);
    return;
  }
  if (!isNamed)
    throw new UserError(`The concept “${name}” is in ${first.path} and in ${path}; rename one of them.`);
  const other = freeName(concepts, `${name} (${conceptNameFromFile(path)})`);
  concepts.set(other, { ...concept, name: other });
}

function freeName(concepts: ReadonlyMap<string, unknown>, name: string): string {
  for (let count = 1; ; count++) {
    const candidate = count === 1 ? name : `${name} ${count}`;
    if (!concepts.has(candidate)) return candidate;
  }
}
