import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Real exporters' files with their truth, read in place. */
export const headFixtures = join(__dirname, '..', '..', '..', '..', 'shared', 'fixtures', 'heads');

/** Folders with a model; the `truth-…` ones hold arrays only. */
export function fixtureNames(): string[] {
  return readdirSync(headFixtures).filter((name) => !name.startsWith('truth-'));
}

/** A float32 `.npy` of two dimensions. */
export function readNpy(path: string): { rows: number; columns: number; data: Float32Array } {
  const bytes = readFileSync(path);
  const headerEnd = 10 + bytes.readUInt16LE(8);
  const header = bytes.subarray(10, headerEnd).toString('latin1');
  const [rows, columns] = /'shape': \((\d+), (\d+)\)/u.exec(header)!.slice(1).map(Number) as [number, number];
  const data = new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + headerEnd, bytes.byteOffset + bytes.length),
  );
  return { rows, columns, data };
}

/** Runs `body` with an empty folder that is gone afterwards. */
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
