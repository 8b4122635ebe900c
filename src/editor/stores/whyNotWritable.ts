import { access, constants, stat, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** What is asked of the disk; for tests. */
export interface Disk {
  readonly access: (path: string, mode: number) => Promise<void>;
  readonly stat: (path: string) => Promise<{ isDirectory: () => boolean }>;
  readonly statfs: (path: string) => Promise<{ bavail: number; bsize: number }>;
}

/**
 * Why a file cannot be written, as far as the disk says it without a write.
 *
 * @returns the end of a sentence, or `undefined` if nothing is found
 */
export async function whyNotWritable(
  path: string,
  bytes: number,
  disk: Disk = { access, stat, statfs },
): Promise<string | undefined> {
  const there = await kindOf(path, disk);
  if (there === 'folder') return 'a folder of that name is in its place';
  let folder = dirname(path);
  let kind = await kindOf(folder, disk);
  // A folder that is gone is made again by the save.
  while (kind === undefined && folder !== dirname(folder)) {
    folder = dirname(folder);
    kind = await kindOf(folder, disk);
  }
  if (kind === 'file') return `${basename(folder)} is not a folder`;
  const refusal = await codeOf(disk.access(there === 'file' ? path : folder, constants.W_OK));
  if (refusal === 'EROFS') return 'its disk is read-only';
  if (refusal !== undefined)
    return there === 'file' ? 'it is read-only' : `nothing may be written in the folder ${basename(folder)}`;
  try {
    const { bavail, bsize } = await disk.statfs(folder);
    if (bavail * bsize < bytes) return 'its disk is full';
  } catch {
    // Some file systems do not tell how much is free.
  }
  return undefined;
}

async function kindOf(path: string, disk: Disk): Promise<'file' | 'folder' | undefined> {
  try {
    return (await disk.stat(path)).isDirectory() ? 'folder' : 'file';
  } catch {
    return undefined;
  }
}

async function codeOf(attempt: Promise<void>): Promise<string | undefined> {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? 'unknown';
  }
}
