import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Concept } from '../../../src/concepts/concept';
// Imported before anything runs, however mocha was started: tests must not clear the user's cache.
import '../../support/ownCache';
import { writeSmallModel, type SmallHead } from './smallModel';
import { inRoot } from '../../support/places';

const bundle = inRoot('dist', 'cli.js');

export interface Run {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

export function run(...args: readonly string[]): Run {
  return runWith({}, ...args);
}

/** @param variables that differ from this process's */
export function runWith(variables: Readonly<Record<string, string>>, ...args: readonly string[]): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bundle, ...args], {
    env: { ...process.env, ...variables },
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  return { status, out: stdout, error: stderr };
}

/** The output of a run that must succeed. */
export function printed(...args: readonly string[]): string {
  const { status, out, error } = run(...args);
  assert.deepEqual([status, error], [0, '']);
  return out;
}

/**
 * Asserts that a run fails with one line on standard error that begins with the program's name, and nothing on standard
 * output.
 */
export function refused(status: number, message: RegExp, ...args: readonly string[]): void {
  const { status: actual, out, error } = run(...args);
  assert.equal(actual, status, error);
  assert.equal(out, '');
  assert.match(error, /^concept-probe: [^\n]+\n$/u);
  assert.match(error, message);
}

/** A folder with a generated model and a concept file for it, removed when mocha ends. */
export function smallWorld(head: SmallHead, concepts: readonly Concept[]): { model: string; file: string } {
  const folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const model = join(folder, 'model');
  writeSmallModel(model, head);
  const file = join(folder, 'small.concepts.json');
  const listed = concepts.map(({ name, pairs }) => ({
    name,
    pairs: pairs.map(({ base, target }) => [base, target]),
  }));
  writeFileSync(file, JSON.stringify({ version: 1, tokens: { leadingSpace: false }, concepts: listed }));
  return { model, file };
}
