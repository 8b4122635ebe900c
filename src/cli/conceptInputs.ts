import { readdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { conceptsFromFiles, isConceptSource, type ConceptsFromFiles } from '../concepts/conceptSources';
import { readText } from './readText';

/**
 * Reads the concept files, pair files and folders named on the command line.
 *
 * @throws RangeError with one sentence if one is missing or invalid, or there is no concept at all
 */
export function readConceptInputs(paths: readonly string[]): ConceptsFromFiles {
  const files = paths.flatMap(filesAt).map((path) => ({ path, text: readText(path) }));
  const found = conceptsFromFiles(files);
  if (found.concepts.length === 0) {
    throw new RangeError(`${paths.join(', ')} holds no concepts; add one with at least two pairs.`);
  }
  return found;
}

function filesAt(path: string): string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats)
    throw new RangeError(
      `There is no file or folder ${path}; give a concept file, a pair file or a folder of them.`,
    );
  if (!stats.isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).filter((entry) => !entry.isDirectory());
  const names = entries
    .map(({ name }) => name)
    .filter(isConceptSource)
    .sort();
  if (names.length === 0) {
    throw new RangeError(
      `The folder ${basename(path)} holds no .concepts.json, .txt, .tsv or .csv file; give one that does.`,
    );
  }
  return names.map((name) => join(path, name));
}
