import { mkdirSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file of results, with the folders above it. @throws RangeError with one sentence where that is not possible */
export function writeResult(path: string, text: string): void {
  attempt(path, () => {
    writeFileSync(path, text);
  });
}

/** Opens a file of results for writing, as {@link writeResult}. @returns the descriptor, to be closed */
export function openResult(path: string): number {
  return attempt(path, () => openSync(path, 'w'));
}

function attempt<T>(path: string, write: () => T): T {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return write();
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RangeError(`${path} cannot be written (${reason}); name a file in a folder that can be.`, {
      cause: error,
    });
  }
}
