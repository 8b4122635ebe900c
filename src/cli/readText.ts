import { UserError } from '../errors';
import { readFileSync } from 'node:fs';
import { decodeText } from '../concepts/lists/decodeText';

/**
 * Reads a text file in UTF-8, or in UTF-16 with a byte order mark. @throws UserError with one sentence if it cannot be read
 */
export function readText(path: string): string {
  return decodeText(readBytes(path), path);
}

/** @throws UserError with one sentence if the file cannot be read */
export function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new UserError(`${path} cannot be read (${reasonOf(error)}); give a readable file.`, {
      cause: error,
    });
  }
}

/** The system's error code, such as ENOENT. */
export function reasonOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
