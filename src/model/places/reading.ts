import { opendirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../isObject';
import { isInside, realPathOf, statsOf } from '../storage/paths';

/*
 * Reading places that may hold anything: what is missing, unreadable, too large or damaged is `undefined` or left out, never an
 * error.
 */

/** Far more than any tool puts into one folder. */
const mostEntries = 5000;
/** Manifests and configurations have some kilobytes. */
const longestText = 1 << 20;

/** Control characters, and those that reverse the direction of text: no model's name contains them. */
// eslint-disable-next-line no-control-regex -- these are the characters to find
const hostile = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/u;

export interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/** The entries of a folder, sorted by name; empty if it cannot be read or has too many. */
export function entriesIn(folder: string): Entry[] {
  const entries: Entry[] = [];
  try {
    const directory = opendirSync(folder, { bufferSize: 256 });
    try {
      for (let entry = directory.readSync(); entry !== null; entry = directory.readSync()) {
        if (entries.length === mostEntries) return [];
        const { name } = entry;
        if (!hostile.test(name))
          entries.push({ name, isFolder: entry.isDirectory(), isLink: entry.isSymbolicLink() });
      }
    } finally {
      directory.closeSync();
    }
  } catch {
    return [];
  }
  return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Folders in a folder, also behind links. */
export function foldersIn(folder: string): string[] {
  return entriesIn(folder)
    .filter(
      ({ name, isFolder, isLink }) => isFolder || (isLink && statsOf(join(folder, name))?.isDirectory()),
    )
    .map(({ name }) => name);
}

/** Whether a path leads to something inside a folder, once all links are followed. */
export function leadsInside(path: string, folder: string): boolean {
  const [real, root] = [realPathOf(path), realPathOf(folder)];
  return real !== undefined && root !== undefined && (real === root || isInside(real, root));
}

/** A path inside `folder`; `undefined` if a part of it would lead out, or is no name. */
export function inside(folder: string, parts: readonly string[]): string | undefined {
  const isName = (part: string): boolean =>
    part !== '' && part !== '.' && part !== '..' && !/[/\\]/u.test(part) && !hostile.test(part);
  return parts.every(isName) ? join(folder, ...parts) : undefined;
}

export function readSmallText(path: string): string | undefined {
  // Opening anything else, such as a pipe, could wait forever.
  const stats = statsOf(path);
  if (!stats?.isFile() || stats.size > longestText) return undefined;
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

export function readSmallJson(path: string): Record<string, unknown> | undefined {
  const text = readSmallText(path);
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
