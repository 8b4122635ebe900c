import { join } from 'node:path';

export const root = join(__dirname, '..', '..');

/** A path inside the project, or next to it: `inRoot('..', 'shared')`. */
export function inRoot(...segments: readonly string[]): string {
  return join(root, ...segments);
}
