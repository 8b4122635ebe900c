import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../support/places';

/** Files from real exporters with expected values, read in place. */
export const headFixtures = inRoot('..', 'shared', 'fixtures', 'heads');

/** Problems found in the field, with the expected results. */
export const fieldFixtures = join(headFixtures, '..', 'field');

/** Folders with a model; the `truth-…` folders contain only arrays. */
export function fixtureNames(): string[] {
  return readdirSync(headFixtures).filter((name) => !name.startsWith('truth-'));
}

/** A two-dimensional float32 `.npy`. */
export function readNpy(path: string): { rows: number; columns: number; data: Float32Array } {
  const { type, bytes, ...shape } = npyParts(path);
  assert.equal(type, '<f4');
  return { ...shape, data: new Float32Array(bytes) };
}

/** The same in float64. */
export function readDoubles(path: string): { rows: number; columns: number; data: Float64Array } {
  const { type, bytes, ...shape } = npyParts(path);
  assert.equal(type, '<f8');
  return { ...shape, data: new Float64Array(bytes) };
}

function npyParts(path: string): { type: string; rows: number; columns: number; bytes: ArrayBuffer } {
  const file = readFileSync(path);
  const headerEnd = 10 + file.readUInt16LE(8);
  const header = file.subarray(10, headerEnd).toString('latin1');
  const [rows, columns] = /'shape': \((\d+), (\d+)\)/u.exec(header)!.slice(1).map(Number) as [number, number];
  const type = /'descr': '([^']+)'/u.exec(header)![1]!;
  return { type, rows, columns, bytes: Uint8Array.from(file.subarray(headerEnd)).buffer };
}

/** Runs `body` with an empty folder that is removed afterwards. */
export function withFolder(body: (folder: string) => Promise<void>): Promise<void>;
export function withFolder(body: (folder: string) => void): void;
export function withFolder(body: (folder: string) => void | Promise<void>): void | Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true });
  };
  let done: void | Promise<void>;
  try {
    done = body(folder);
  } catch (error) {
    remove();
    throw error;
  }
  if (done) return done.finally(remove);
  remove();
}
