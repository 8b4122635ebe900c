import { existsSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HubLock } from './lock';
import type { HubManifest } from './manifest';
import { hasPlace, placeInFolder } from './names';
import { sizeOf } from './transfer';

/** All files of a downloaded folder, with their paths. */
function filesIn(folder: string): string[] {
  return [folder, join(folder, 'onnx')].flatMap((directory) =>
    existsSync(directory) ? readdirSync(directory).map((name) => join(directory, name)) : [],
  );
}

/** The ONNX files of a downloaded folder, with their paths. */
export function onnxFilesIn(folder: string): string[] {
  return filesIn(folder).filter((path) => path.endsWith('.onnx'));
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
  const removeWhole = (path: string): void => {
    // A file of another size was replaced by the user.
    removeFile(placeInFolder(folder, path), manifest.originOf(path)?.bytes ?? null);
  };
  for (const path of downloaded) removeFile(`${placeInFolder(folder, path)}.part`, null);
  for (const file of unfinished) {
    // Also its external data, whose names start with its name.
    downloaded.filter((path) => path.startsWith(file)).forEach(removeWhole);
    manifest.setUnfinished(file, false);
  }
  if (onnxFilesIn(folder).length > 0) return;
  downloaded.forEach(removeWhole);
  removeIfEmpty(join(folder, 'onnx'));
  removeIfEmpty(folder);
  manifest.remove();
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
