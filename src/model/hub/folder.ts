import { existsSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HubLock } from './lock';
import { isChoice } from '../weightFormat';
import type { HubManifest } from './manifest';
import { belongsTo } from './precisions';
import { hasPlace, placeInFolder } from './names';
import { sizeOf } from './transfer';

/** All files of a downloaded folder, with their paths. */
function filesIn(folder: string): string[] {
  const inside = existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
  const folders = inside.filter((path) => lstatSync(path).isDirectory());
  return [...inside, ...folders.flatMap((path) => readdirSync(path).map((name) => join(path, name)))];
}

/** The files of weights of a downloaded folder that can be chosen, with their paths. */
export function weightsIn(folder: string): string[] {
  return filesIn(folder).filter(isChoice);
}

/** Removes a download whose files are in the Hugging Face cache; what others need that are unfinished stays. */
export function removeDownload(manifest: HubManifest, weights: string): void {
  const paths = manifest.paths.filter(hasPlace);
  if (manifest.unfinished.length === 0) removeAll(manifest, paths);
  else
    removeFiles(
      manifest,
      paths.filter((path) => belongsTo(path, weights)),
    );
}

/** Number of bytes of an unfinished download on disk. */
export function bytesHere({ folder }: HubManifest): number {
  return filesIn(folder).reduce((sum, path) => sum + sizeOf(path), 0);
}

/**
 * Removes the files of an unfinished download. Complete ONNX files stay, with all files that they need, and so does
 * everything that was not downloaded.
 *
 * @throws ModelError if another window is running the download
 */
export function cleanUpDownload(manifest: HubManifest): void {
  const lock = new HubLock(manifest.folder, manifest.id);
  try {
    removeUnfinished(manifest);
  } finally {
    lock.release();
  }
}

function removeUnfinished(manifest: HubManifest): void {
  const { folder, unfinished } = manifest;
  const downloaded = isReal(folder) ? manifest.paths.filter(hasPlace) : [];
  for (const path of downloaded) removeFile(`${placeInFolder(folder, path)}.part`, null);
  for (const file of unfinished) {
    removeFiles(
      manifest,
      downloaded.filter((path) => belongsTo(path, file)),
    );
    manifest.setUnfinished(file, false);
  }
  if (weightsIn(folder).length > 0) return;
  removeAll(manifest, downloaded);
}

function removeAll(manifest: HubManifest, paths: readonly string[]): void {
  const { folder } = manifest;
  removeFiles(manifest, paths);
  const folders = new Set(paths.filter((path) => path.includes('/')).map(dirname));
  for (const name of folders) removeIfEmpty(join(folder, name));
  removeIfEmpty(folder);
  manifest.remove();
}

function removeFiles(manifest: HubManifest, paths: readonly string[]): void {
  for (const path of paths) {
    // A file of another size was replaced by the user.
    removeFile(placeInFolder(manifest.folder, path), manifest.originOf(path)?.bytes ?? null);
  }
}

/** Removes a regular file; anything else was not downloaded. @param bytes its size, if known */
function removeFile(path: string, bytes: number | null): void {
  if (!isReal(dirname(path))) return;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isFile() && (bytes === null || stats.size === bytes)) unlinkSync(path);
}

function removeIfEmpty(folder: string): void {
  if (isReal(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Whether it is a folder rather than a link to one. */
function isReal(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
