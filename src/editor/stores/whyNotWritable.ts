import { t } from '@vscode/l10n';
import { access, constants, stat, statfs } from 'node:fs/promises';
import { basename, dirname } from 'node:path';

/** The file system calls needed; tests replace them. */
export interface Disk {
  readonly access: (path: string, mode: number) => Promise<void>;
  readonly stat: (path: string) => Promise<{ isDirectory: () => boolean }>;
  readonly statfs: (path: string) => Promise<{ bavail: number; bsize: number }>;
}

/**
 * Why a file cannot be written, as far as can be determined without writing.
 *
 * @returns the end of a sentence, or `undefined` if no reason is found
 */
export async function whyNotWritable(
  path: string,
  bytes: number,
  disk: Disk = { access, stat, statfs },
): Promise<string | undefined> {
  const there = await kindOf(path, disk);
  if (there === 'folder') return t('there is a folder with that name');
  let folder = dirname(path);
  let kind = await kindOf(folder, disk);
  // Saving creates a missing folder.
  while (kind === undefined && folder !== dirname(folder)) {
    folder = dirname(folder);
    kind = await kindOf(folder, disk);
  }
  if (kind === 'file') return t`${basename(folder)} is not a folder`;
  const refusal = await codeOf(disk.access(there === 'file' ? path : folder, constants.W_OK));
  if (refusal === 'EROFS') return t('its disk is read-only');
  if (refusal !== undefined)
    return there === 'file' ? t('it is read-only') : t`the folder ${basename(folder)} is not writable`;
  try {
    const { bavail, bsize } = await disk.statfs(folder);
    if (bavail * bsize < bytes) return t('its disk is full');
  } catch {
    // Some file systems do not report their free space.
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
