import { ModelError } from '../../errors';
import { join } from 'node:path';

/** Most systems allow names of 255 bytes, and some paths hardly more. */
const longestPath = 200;

/** One part of a path that is a plain name on every system: no `..`, no drive, no device of Windows. */
const plainName = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[\w-][\w.+-]*(?<!\.)$/iu;

/**
 * Where a repository's file goes. What a repository calls its files is not trusted: only the root and `onnx/` have
 * places in a model folder.
 *
 * @throws ModelError for every name that would leave the folder or mean something else to a system
 */
export function placeInFolder(folder: string, path: string): string {
  const parts = path.split('/');
  const isOurs = parts.length === 1 || (parts.length === 2 && parts[0] === 'onnx');
  if (path.length > longestPath || !isOurs || !parts.every((part) => plainName.test(part))) {
    throw new ModelError(
      `The repository has a file named ${JSON.stringify(path.slice(0, 80))}, which has no place in a model folder; take another model.`,
    );
  }
  return join(folder, ...parts);
}

/** Whether {@link placeInFolder} takes it. */
export function hasPlace(path: string): boolean {
  try {
    return placeInFolder('', path) !== '';
  } catch {
    return false;
  }
}

/** The name of a model's own folder: each revision has its own, so that no two are mixed. */
export function folderNameOf(id: string, revision: string): string {
  const name = id.replace('/', '--');
  return revision === 'main' ? name : `${name}@${revision.replaceAll('/', '~')}`;
}
