import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HubLock } from './hubLock';
import type { HubManifest } from './hubManifest';
import { placeInFolder } from './hubNames';
import { sizeOf } from './hubTransfer';

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

/** How many bytes of an unfinished download are here. */
export function bytesHere({ folder }: HubManifest): number {
  return filesIn(folder).reduce((sum, path) => sum + sizeOf(path), 0);
}

/**
 * Removes what an unfinished download left; ONNX files that are whole stay, with all that they need.
 *
 * @throws ModelError if the download is under way in another window
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
  for (const path of filesIn(folder)) if (path.endsWith('.part')) rmSync(path, { force: true });
  for (const file of unfinished) {
    const begins = placeInFolder(folder, file);
    // Its external data too, which begins with its name.
    for (const path of filesIn(folder)) if (path.startsWith(begins)) rmSync(path, { force: true });
    manifest.setUnfinished(file, false);
  }
  if (onnxFilesIn(folder).length > 0) return;
  rmSync(folder, { recursive: true, force: true });
  manifest.remove();
}
