import { UserError } from '../errors';
import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Concept } from '../concepts/concept';
import {
  conceptsFromFiles,
  deepestFolder,
  isConceptSource,
  isSourceFolder,
  largestSource,
  mostSources,
  type ConceptsFromFiles,
  type SourceFile,
} from '../concepts/conceptSources';
import { chooseAnswers } from '../concepts/lists/chooseAnswers';
import type { ListOptions } from '../concepts/lists/listedConcept';
import type { TokenPolicy, TokenRule } from '../concepts/tokenRule';
import type { EngineMethods } from '../engine/engineMethods';
import type { ModelChoice } from '../protocol/modelChoice';
import { readBytes } from './readText';

/** Options shared by all commands that take concepts. */
export interface ConceptOptions {
  readonly inputs: readonly string[];
  readonly model: ModelChoice;
  /** Overrides that of the concept file; `null` keeps it. */
  readonly policy: TokenPolicy | null;
  /** Overrides that of the concept file; `null` keeps it. */
  readonly leadingSpace: boolean | null;
  readonly list: ListOptions;
}

export interface ConceptInputs {
  readonly concepts: readonly Concept[];
  readonly tokens: TokenRule;
  /** How files were read and what was skipped, one sentence each. */
  readonly notes: readonly string[];
  readonly files: ConceptsFromFiles;
}

/**
 * Reads the concept files, lists of pairs and folders from the command line, and uses the model's tokens to choose among
 * several possible readings.
 *
 * @throws UserError with one sentence if one is missing or invalid, or there is no concept at all; ModelError
 */
export async function readConceptInputs(
  { inputs, model, policy, leadingSpace, list }: ConceptOptions,
  methods: EngineMethods,
): Promise<ConceptInputs> {
  const files = conceptsFromFiles(inputs.flatMap(filesAt), list);
  if (files.concepts.length === 0)
    throw new UserError(
      files.notes[0] ?? `${inputs.join(', ')} contains no concepts; add one with at least two pairs.`,
    );
  const tokens = {
    policy: policy ?? files.tokens.policy,
    leadingSpace: leadingSpace ?? files.tokens.leadingSpace,
  };
  const { leadingSpace: isAfterSpace } = tokens;
  const { concepts, notes } = await chooseAnswers(files.concepts, tokens, (words) =>
    Promise.resolve(
      methods.tokens({ model, words, leadingSpace: isAfterSpace }, () => undefined).map(({ ids }) => ids),
    ),
  );
  const advice = files.choices.some(({ columns }) => columns)
    ? ['Choose other columns with --columns A,B, by name or by number.']
    : [];
  return { concepts, tokens, notes: [...files.notes, ...advice, ...notes], files };
}

function filesAt(path: string): SourceFile[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats)
    throw new UserError(`${path} does not exist; give a concept file, a list of pairs or a folder of them.`);
  if (!stats.isDirectory()) return [{ path, bytes: readBytes(path) }];
  const paths = sourcesIn(path, deepestFolder);
  if (paths.length === 0)
    throw new UserError(
      `The folder ${basename(path)} contains no .concepts.json, .json, .jsonl, .txt, .tsv or .csv file; give one that does.`,
    );
  if (paths.length > mostSources)
    throw new UserError(
      `The folder ${basename(path)} contains ${paths.length} files; give a folder that contains only lists.`,
    );
  return paths.map((file) => ({ path: file, bytes: readBytes(file), isFound: true }));
}

/** The files in a folder and its subfolders that may contain concepts. */
function sourcesIn(folder: string, depth: number): string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return depth > 0 && isSourceFolder(entry.name) ? sourcesIn(path, depth - 1) : [];
    const isSmall = (): boolean =>
      (statSync(path, { throwIfNoEntry: false })?.size ?? Infinity) <= largestSource;
    return isConceptSource(entry.name) && isSmall() ? [path] : [];
  });
}
