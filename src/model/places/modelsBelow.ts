import { basename, join } from 'node:path';
import { partName } from '../gguf/splitFiles';
import { formatByName } from '../../protocol/weightFormat';
import { isChoice, isOnnxFolder } from '../weightFormat';
import { entriesIn, foldersIn, type Entry } from './reading';
import { statsOf } from '../storage/paths';

export interface SearchBounds {
  /** How many levels of subfolders are searched. */
  readonly depth: number;
  /** Whether links to folders are followed. */
  readonly followLinks: boolean;
}

/** Enough for every real collection, and read within a fraction of a second. */
const mostFolders = 2000;
/** More than any machine has; a place with more is listed in part. */
const mostModels = 500;

/** Folders that hold other things. */
const skipped = /^(?:\.|node_modules$|__pycache__$|blobs$|venv$)/u;

/**
 * The models below a folder by their files' names, as paths from there: `[]` is the folder itself. A folder with ONNX files
 * or a checkpoint is one model, and each GGUF file is one.
 */
export function modelsBelow(root: string, { depth, followLinks }: SearchBounds): string[][] {
  const found: string[][] = [];
  const queue: string[][] = [[]];
  for (let visited = 0; visited < queue.length && visited < mostFolders; visited++) {
    const parts = queue[visited]!;
    const folder = join(root, ...parts);
    const entries = entriesIn(folder);
    if (isModelFolder(folder, entries)) found.push(parts);
    for (const { name } of entries.filter(isGguf)) found.push([...parts, name]);
    if (found.length >= mostModels) return found.slice(0, mostModels);
    if (parts.length === depth) continue;
    const folders = followLinks ? foldersIn(folder) : entries.filter(({ isFolder }) => isFolder).map(nameOf);
    for (const name of folders.filter((each) => !skipped.test(each) && !isOnnxFolder(each)))
      queue.push([...parts, name]);
  }
  return found;
}

function isGguf({ name, isFolder }: Entry): boolean {
  return !isFolder && formatByName(name) === 'GGUF' && isChoice(name);
}

/** An adapter alone is not a model. */
function isModelFolder(folder: string, entries: readonly Entry[]): boolean {
  const isModel = ({ name, isFolder }: Entry): boolean =>
    !isFolder && isChoice(name) && formatByName(name) !== 'GGUF' && !name.startsWith('adapter');
  return (
    entries.some(isModel) ||
    entries.some(
      ({ name, isFolder }) =>
        isOnnxFolder(name) &&
        (isFolder || statsOf(join(folder, name))?.isDirectory()) &&
        entriesIn(join(folder, name)).some(isModel),
    )
  );
}

function nameOf({ name }: Entry): string {
  return name;
}

/** A GGUF file's name without its ending and the number of its part. */
export function ggufStem(file: string): string {
  const name = basename(file);
  return partName.exec(name)?.[1] ?? name.replace(/\.gguf$/u, '');
}
