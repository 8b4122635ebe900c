import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ModelError } from '../errors';
import { reasonOf } from './reasonOf';

/** Under another name first, so that the file is whole or missing. @throws ModelError if it cannot be written */
export function writeWhole(path: string, content: Uint8Array): void {
  const unfinished = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(unfinished, content);
    renameSync(unfinished, path);
  } catch (error) {
    remove(unfinished);
    throw new ModelError(
      `${path} cannot be written (${reasonOf(error)}); check the disk and its permissions.`,
    );
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // There is nothing to remove: its folder is not a folder.
  }
}
