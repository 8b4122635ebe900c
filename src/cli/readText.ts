import { readFileSync } from 'node:fs';

/** A text file without the byte order mark that some editors write. @throws RangeError with one sentence if it cannot be read */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/u, '');
  } catch (error) {
    throw new RangeError(`${path} cannot be read (${reasonOf(error)}); give a readable file.`, {
      cause: error,
    });
  }
}

/** The system's short name of what went wrong, as ENOENT. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
