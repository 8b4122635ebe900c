import { mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { reasonOf } from './readText';

/** Writes a file of results, with the folders above it. @throws RangeError with one sentence where that is not possible */
export function writeResult(path: string, content: string | Uint8Array): void {
  attempt(path, () => {
    writeFileSync(path, content);
  });
}

/** Opens a file of results for writing, as {@link writeResult}. @returns the descriptor, to be closed */
export function openResult(path: string): number {
  return attempt(path, () => openSync(path, 'w'));
}

/** Writes all of `bytes` at the descriptor's place: one call may take only a part. */
export function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
}

function attempt<T>(path: string, write: () => T): T {
  try {
    mkdirSync(dirname(path), { recursive: true });
    return write();
  } catch (error) {
    throw new RangeError(
      `${path} cannot be written (${reasonOf(error)}); name a file in a folder that can be.`,
      {
        cause: error,
      },
    );
  }
}
