import type { Concept } from './concept';
import { parseConceptFile, type ConceptFile } from './conceptFile';
import { conceptNameFromFile, pairsFromText } from './pairsFromText';
import { defaultTokenRule, isSameTokenRule, type TokenRule } from './tokenRule';

/** A file that a user offers as concepts: a concept file (`.json`) or pairs, one a line. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

export interface ConceptsFromFiles {
  readonly concepts: readonly Concept[];
  /** The rule of the concept files among them. */
  readonly tokens: TokenRule;
  /** Lines that hold no pair, one sentence each. */
  readonly notes: readonly string[];
}

/** Our own tables lie beside concepts without being any. */
export const exportPrefix = 'geometry.';

/** Files in a folder that may hold concepts. */
export function isConceptSource(fileName: string): boolean {
  return /\.(?:concepts\.json|txt|tsv|csv)$/iu.test(fileName) && !fileName.startsWith(exportPrefix);
}

/**
 * Concepts out of files, in order. A pair file is one concept with the file's name.
 *
 * @throws RangeError with one sentence if a file is invalid or a concept's name is there twice
 */
export function conceptsFromFiles(files: readonly SourceFile[]): ConceptsFromFiles {
  const origin = new Map<string, string>();
  const concepts: Concept[] = [];
  const notes: string[] = [];
  let rule: { readonly tokens: TokenRule; readonly path: string } | undefined;
  for (const file of files) {
    const { path } = file;
    const isConceptFile = /\.json$/iu.test(path);
    const read: Pick<ConceptFile, 'concepts' | 'tokens'> = isConceptFile
      ? readConceptFile(file)
      : { concepts: readPairFile(file, notes) };
    if (isConceptFile) {
      const tokens = read.tokens ?? defaultTokenRule;
      if (rule && !isSameTokenRule(rule.tokens, tokens)) {
        throw new RangeError(`${rule.path} and ${path} differ in "tokens"; probe them one by one.`);
      }
      rule = { tokens, path };
    }
    for (const concept of read.concepts) {
      const first = origin.get(concept.name);
      if (first !== undefined) {
        throw new RangeError(
          `The concept “${concept.name}” is in ${first} and in ${path}; rename one of them.`,
        );
      }
      origin.set(concept.name, path);
      concepts.push(concept);
    }
  }
  if (concepts.length === 0 && notes[0] !== undefined) throw new RangeError(notes[0]);
  return { concepts, notes, tokens: rule?.tokens ?? defaultTokenRule };
}

function readConceptFile({ path, text }: SourceFile): Pick<ConceptFile, 'concepts' | 'tokens'> {
  const parsed = parseConceptFile(text);
  if (parsed.ok) return parsed.file;
  const { line, column, message } = parsed.problem;
  throw new RangeError(`${path}:${line}:${column}: ${message}.`);
}

/** Among other files one without pairs is passed over: a README lies beside many lists. */
function readPairFile({ path, text }: SourceFile, notes: string[]): Concept[] {
  const { pairs, rejected } = text.includes('\0') ? { pairs: [], rejected: [] } : pairsFromText(text);
  if (pairs.length === 0) {
    notes.push(`${path} holds no pairs; write one a line, as “king → queen”.`);
    return [];
  }
  for (const { line, reason } of rejected) notes.push(`${path}:${line}: passed over, ${reason}.`);
  return [{ name: conceptNameFromFile(path), pairs }];
}
