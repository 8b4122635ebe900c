import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { Model } from '../../../src/model/model';
import { mutate, placeIn, type Mutation, type Random, type Range } from './mutations';

/** In total, shared by the files; the environment can set a longer time. */
export const seconds = Number(process.env['CONCEPT_PROBE_FUZZ_SECONDS'] ?? 20);
export const seed = Number(process.env['CONCEPT_PROBE_FUZZ_SEED'] ?? 1);

const longestMilliseconds = 5000;
const mostGrowth = 500 * 2 ** 20;
/** Larger files are only damaged in place, for speed. */
const largestToMove = 4_000_000;
const ids = [0, 1, 3, 2, 2];

/** A model file that may be damaged, and what it should say. */
export interface Victim {
  /** The model folder, a copy that may be damaged. */
  readonly folder: string;
  readonly path: string;
  readonly bytes: Buffer;
  readonly truth: Float32Array;
  /** Bytes outside tensor data: the file's structure. */
  readonly structure: readonly Range[];
  /** The part of the structure around the names of the head's values and tensors, where damage has the most effect. */
  readonly headStructure: readonly Range[];
  /** Data of tensors outside the head, which cannot affect the rows. */
  readonly elsewhere: readonly Range[];
}

/** Some rows of a model. @throws ModelError */
export function rowsOf(folder: string): Float32Array {
  const model = new Model(folder);
  try {
    return model.unembedding.rows(ids).data as Float32Array;
  } finally {
    model.close();
  }
}

/**
 * Opens the damaged model: returns finite rows of the right size, or checks that it is rejected in one sentence that names
 * a file.
 */
export function outcome({ folder, path }: Victim): Float32Array | null {
  const start = performance.now();
  try {
    const rows = rowsOf(folder);
    assert.ok(rows.length % ids.length === 0 && rows.every(Number.isFinite), 'rows that are none');
    return rows;
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    if (error.name === 'UserError')
      assert.match(error.message, /^Token id \d+ is outside the vocabulary of \d+ tokens\.$/u);
    else {
      assert.equal(error.name, 'ModelError', error.stack);
      assert.match(error.message, /^[^\n\r]{10,600}\.$/u);
      const names = readdirSync(dirname(path));
      assert.ok(
        names.some((name) => error.message.includes(name)),
        error.message,
      );
    }
    return null;
  } finally {
    const took = performance.now() - start;
    assert.ok(took < longestMilliseconds, `took ${took} ms`);
  }
}

/** Damages the file at random until the time is over, and checks each outcome. */
export function attack(victim: Victim, random: Random, milliseconds: number): void {
  const deadline = performance.now() + milliseconds;
  const before = process.memoryUsage().rss;
  let tried = 0;
  do {
    const { mustStay, ...mutation } = damage(victim, random);
    try {
      const rows = withDamage(victim, mutation, () => outcome(victim));
      if (rows && mustStay !== 'free') assert.deepEqual(rows, victim.truth);
      assert.ok(rows ?? mustStay !== 'read', 'rejected because of data outside the head');
      const grown = process.memoryUsage().rss - before;
      assert.ok(grown < mostGrowth, `memory grew by ${grown} bytes`);
    } catch (error) {
      throw new Error(`Seed ${seed}, number ${tried}: ${mutation.how}`, { cause: error });
    }
    tried++;
  } while (performance.now() < deadline);
}

/**
 * `mustStay`: `read`: the original rows are read; `ifRead`: they are read, or the file is rejected; `free`: the rows may
 * change.
 */
function damage(
  { bytes, structure, headStructure, elsewhere }: Victim,
  random: Random,
): Mutation & { mustStay: 'read' | 'ifRead' | 'free' } {
  const kind = random(10);
  if (kind === 0) {
    const length = random(bytes.length);
    return { how: `cut off at ${length}`, whole: bytes.subarray(0, length), mustStay: 'ifRead' };
  }
  const other = kind === 1 ? placeIn(elsewhere, random) : undefined;
  if (other !== undefined) {
    const data = Buffer.of(bytes[other]! ^ (1 + random(255)));
    return { how: `other data at ${other}`, at: other, data, mustStay: 'read' };
  }
  const place = kind === 2 ? random(bytes.length) : placeIn(kind > 5 ? headStructure : structure, random)!;
  return { ...mutate(bytes, place, random, bytes.length < largestToMove), mustStay: 'free' };
}

/** Runs `body` with the damaged file, which is restored afterwards. */
function withDamage<T>({ path, bytes }: Victim, mutation: Mutation, body: () => T): T {
  const write = (at: number, data: Buffer): void => {
    const file = openSync(path, 'r+');
    writeSync(file, data, 0, data.length, at);
    closeSync(file);
  };
  if ('whole' in mutation) writeFileSync(path, mutation.whole);
  else write(mutation.at, mutation.data);
  try {
    return body();
  } finally {
    if ('whole' in mutation) writeFileSync(path, bytes);
    else write(mutation.at, bytes.subarray(mutation.at, mutation.at + mutation.data.length));
  }
}
