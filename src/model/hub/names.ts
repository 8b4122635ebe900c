import { ModelError } from '../../errors';
import { join } from 'node:path';

/** Most systems limit names to 255 bytes, and some limit paths to little more. */
const longestPath = 200;

/** A path segment that is a plain name on every system: no `..`, no drive, no Windows device. */
const plainName = /^(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))[\w-][\w.+-]*(?<!\.)$/iu;

/**
 * The local path of a repository's file. File names in a repository are not trusted: only plain names at the root and in
 * folders of the root are allowed.
 *
 * @throws ModelError for every name that would leave the folder or has a special meaning on some system
 */
export function placeInFolder(folder: string, path: string): string {
  const parts = path.split('/');
  if (path.length > longestPath || parts.length > 2 || !parts.every((part) => plainName.test(part))) {
    throw new ModelError(
      `The repository has a file named ${JSON.stringify(path.slice(0, 80))}, which is not allowed in a model folder; choose another model.`,
    );
  }
  return join(folder, ...parts);
}

/** Whether {@link placeInFolder} accepts the path. */
export function hasPlace(path: string): boolean {
  try {
    return placeInFolder('', path) !== '';
  } catch {
    return false;
  }
}

/** The name of a model's folder. Each revision has its own, so that revisions are never mixed. */
export function folderNameOf(id: string, revision: string): string {
  const name = id.replace('/', '--');
  return revision === 'main' ? name : `${name}@${revision.replaceAll('/', '~')}`;
}
