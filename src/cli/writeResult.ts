import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Writes a file of results, with the folders above it. @throws RangeError with one sentence where that is not possible */
export function writeResult(path: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new RangeError(`${path} cannot be written (${reason}); name a file in a folder that can be.`, {
      cause: error,
    });
  }
}
