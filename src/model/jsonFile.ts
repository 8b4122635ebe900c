import { ModelError } from '../errors';
import { isObject } from './isObject';
import { readRegularFile } from './storage/regularFile';

/** Bytes: ten times what the largest configurations and lists of shards have. */
const largestJson = 20_000_000;

/** Nested brackets: no file of a model has ten, and a parser would need gigabytes for a file of nothing else. */
const deepest = 200;

/** @throws ModelError if the file is not a JSON object, too large or unreadable */
export function readJsonObject(path: string, label: string): Record<string, unknown> {
  return parseJsonObject(readRegularFile(path, label, largestJson), label);
}

/** @throws ModelError if it is not a JSON object, or is nested too deeply */
export function parseJsonObject(bytes: Buffer, label: string): Record<string, unknown> {
  if (!isNestedTooDeeply(bytes)) {
    try {
      const value: unknown = JSON.parse(bytes.toString().replace(/^\uFEFF/u, ''));
      if (isObject(value)) return value;
    } catch {
      // Falls through to the error for everything that is not a JSON object.
    }
  }
  throw new ModelError(`${label} is not valid JSON; download or export it again.`);
}

const [quote, backslash] = [0x22, 0x5c];
/** The bytes of brackets: `[` and `{` open, `]` and `}` close. */
const steps = new Map([
  [0x5b, 1],
  [0x7b, 1],
  [0x5d, -1],
  [0x7d, -1],
]);

function isNestedTooDeeply(bytes: Buffer): boolean {
  let depth = 0;
  let isInString = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (isInString && byte === backslash) i++;
    else if (byte === quote) isInString = !isInString;
    else if (!isInString && byte >= 0x5b) depth += steps.get(byte) ?? 0;
    if (depth > deepest) return true;
  }
  return false;
}
