import { ModelError } from '../../errors';
import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { placeInFolder } from './names';
import type { HubFile } from './repository';
import { sizeOf } from './transfer';

/** @throws ModelError if the rest of the download does not fit on the disk */
export async function refuseSmallDisk(folder: string, wanted: readonly HubFile[]): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const needed = wanted.reduce((sum, { path, bytes }) => {
    const target = placeInFolder(folder, path);
    const have = sizeOf(target) === bytes ? sizeOf(target) : sizeOf(`${target}.part`);
    return sum + Math.max(0, (bytes ?? 0) - have);
  }, 0);
  const { bavail, bsize } = await statfs(folder);
  if (needed <= bavail * bsize) return;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString('en-US')} MB`;
  throw new ModelError(
    `The model needs ${megabytes(needed)}, but the disk of ${folder} has only ${megabytes(bavail * bsize)} free; free some space or choose a lower precision.`,
  );
}
