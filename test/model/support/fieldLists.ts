import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Concept } from '../../../src/concepts/concept';
import { inRoot } from '../../support/places';

const folder = inRoot('..', 'shared', 'fixtures', 'field');

/** A list of pairs from real inputs that caused problems, one pair per line with a tab between the words. */
export function fieldList(...path: readonly string[]): Concept {
  const lines = readFileSync(join(folder, ...path), 'utf8')
    .trim()
    .split('\n');
  const pairs = lines.map((line) => {
    const [base, target] = line.split('\t') as [string, string];
    return { base, target };
  });
  return { name: path.at(-1)!.replace(/\.txt$/u, ''), pairs };
}
