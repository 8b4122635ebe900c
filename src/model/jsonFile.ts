import { ModelError } from '../errors';
import { readFileSync, statSync } from 'node:fs';
import { isObject } from './isObject';
import { reasonOf } from './reasonOf';

/** Ten times what the largest vocabularies need. */
const largestJson = 200_000_000;

/** @throws ModelError if the file is not a JSON object, too large or unreadable */
export function readJsonObject(path: string, label: string): Record<string, unknown> {
  return parseJsonObject(readJsonBytes(path, label), label);
}

/** @throws ModelError if the file is too large to be parsed, or unreadable */
export function readJsonBytes(path: string, label: string): Buffer {
  const { size } = statSync(path);
  if (size > largestJson)
    throw new ModelError(
      `${label} has ${size} bytes, which is too large for a JSON file; download it again.`,
    );
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ModelError(`${label} cannot be read (${reasonOf(error)}); check that it is a readable file.`);
  }
}

/** @throws ModelError if it is not a JSON object */
export function parseJsonObject(bytes: Buffer, label: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString().replace(/^\uFEFF/u, ''));
    if (isObject(value)) return value;
  } catch {
    // Falls through to the error for everything that is not a JSON object.
  }
  throw new ModelError(`${label} is not valid JSON; download or export it again.`);
}
