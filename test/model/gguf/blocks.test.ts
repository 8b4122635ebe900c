import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../../src/model/model';
import { assertClose } from '../support/assertClose';
import { headFixtures, readNpy, withFolder } from '../support/fixtures';
import { seededRandom } from '../support/mutations';
import { plainBlocks } from '../support/plainBlocks';
import { openHead } from '../support/writeHead';
import { writeGguf } from '../support/writeGguf';

const fixtures = join(headFixtures, '..', 'gguf');
const [vocab, hidden] = [24, 512];

/** Random blocks whose scales are finite. */
function randomBlocks(name: string): Uint8Array {
  const { bytes, weights, halves, type } = plainBlocks[name]!;
  const random = seededRandom(type + 1);
  const data = new Uint8Array(((vocab * hidden) / weights) * bytes).map(() => random(256));
  for (let block = 0; block < data.length; block += bytes) {
    // An exponent below 24 keeps the halves small; Q8_K has a float32.
    for (const at of halves) data[block + at + 1]! &= 0xdf;
    if (name === 'Q8_K') Buffer.from(data.buffer, block, 4).writeFloatLE((random(1000) - 500) / 3000);
  }
  return data;
}

function bfloat16(value: number): number {
  const wide = new DataView(new ArrayBuffer(4));
  wide.setFloat32(0, value);
  return wide.getUint16(0);
}

describe('GGUF formats of tensors', () => {
  for (const [name, plain] of Object.entries(plainBlocks)) {
    it(`decodes ${name} as a plain loop over its weights does, row by row and in tiles`, () => {
      withFolder((folder) => {
        const data = randomBlocks(name);
        const tensor = { name: 'output.weight', dimensions: [hidden, vocab], type: plain.type, data };
        writeGguf(join(folder, 'model.gguf'), { tensors: [tensor] });
        const expected = Float32Array.from({ length: vocab * hidden }, (_, i) => {
          const block = Math.floor(i / plain.weights) * plain.bytes;
          return plain.weight(data.subarray(block, block + plain.bytes), i % plain.weights);
        });
        const { head, rows } = openHead(folder);
        assert.deepEqual([head.elementType, head.vocabSize, head.hiddenSize], [name, vocab, hidden]);
        assertClose(rows, expected, 1e-6);
        const model = new Model(folder);
        assert.deepEqual(model.unembedding.tile(5, 7).data, rows.subarray(5 * hidden, 12 * hidden));
        assert.deepEqual(model.unembedding.rows([3]).data, rows.subarray(3 * hidden, 4 * hidden));
        model.close();
      });
    });
  }

  for (const name of readdirSync(fixtures)) {
    it(`equals llama.cpp’s own numbers for ${name}`, () => {
      const truth = readNpy(join(fixtures, name, 'unembedding.npy'));
      const { head, rows } = openHead(join(fixtures, name));
      assert.deepEqual([head.vocabSize, head.hiddenSize], [truth.rows, truth.columns]);
      assert.equal(head.tied, name.endsWith('-tied'));
      assertClose(rows, truth.data, 1e-6);
    });
  }

  const floats: readonly (readonly [
    string,
    number,
    number,
    (view: DataView, at: number, value: number) => void,
  ])[] = [
    [
      'F32',
      0,
      4,
      (view, at, value) => {
        view.setFloat32(at, value, true);
      },
    ],
    [
      'F64',
      28,
      8,
      (view, at, value) => {
        view.setFloat64(at, value, true);
      },
    ],
    [
      'BF16',
      30,
      2,
      (view, at, value) => {
        view.setUint16(at, bfloat16(value), true);
      },
    ],
  ];
  for (const [name, type, width, write] of floats) {
    it(`reads ${name}`, () => {
      withFolder((folder) => {
        const random = seededRandom(type + 7);
        // Of 7 bits, which every float type holds.
        const numbers = Float32Array.from({ length: vocab * hidden }, () => (random(128) - 64) / 32);
        const data = new Uint8Array(numbers.length * width);
        numbers.forEach((value, i) => {
          write(new DataView(data.buffer), i * width, value);
        });
        const tensor = { name: 'output.weight', dimensions: [hidden, vocab], type, data };
        writeGguf(join(folder, 'model.gguf'), { tensors: [tensor] });
        assert.deepEqual(openHead(folder).rows, numbers);
      });
    });
  }
});
