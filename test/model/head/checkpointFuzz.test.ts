import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attack, rowsOf, seconds, seed, type Victim } from '../support/attack';
import { headFixtures, withFolder } from '../support/fixtures';
import { seededRandom, type Range } from '../support/mutations';
import { ggufBytes, type WrittenTensor } from '../support/writeGguf';
import { safetensorsBytes } from '../support/writeSafetensors';

const numbers = Float32Array.from({ length: 8 * 256 }, (_, i) => Math.sin(i));
const floats = new Uint8Array(numbers.buffer);
const tensor = (name: string): WrittenTensor => ({ name, dimensions: [256, 8], type: 0, data: floats });
const tokens = Array.from({ length: 8 }, (_, i) => `▁token${i}`);

/** A file of each kind, whose data other than the head follows its header. */
const files: Readonly<Record<string, Buffer>> = {
  'model.gguf': ggufBytes({
    metadata: {
      'general.architecture': 'llama',
      'llama.context_length': { u32: 2048 },
      'tokenizer.ggml.tokens': tokens,
      'tokenizer.ggml.scores': { f32: tokens.map((_, i) => -i) },
    },
    tensors: [tensor('blk.0.attn_q.weight'), tensor('output.weight')],
  }),
  'model.safetensors': safetensorsBytes(
    {
      'model.layers.0.self_attn.q_proj.weight': { dtype: 'F32', shape: [8, 256], data: floats },
      'lm_head.weight': { dtype: 'F32', shape: [8, 256], data: floats },
    },
    { format: 'pt' },
  ),
};

function victimIn(folder: string, name: string, bytes: Buffer): Victim {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  const data = bytes.indexOf(floats);
  const header = { start: 0, end: data < 0 ? bytes.length : data };
  const elsewhere: Range[] = data < 0 ? [] : [{ start: data, end: data + floats.length }];
  return {
    ...{ folder, path, bytes, truth: rowsOf(folder) },
    structure: [header],
    headStructure: [{ start: Math.max(0, header.end - 200), end: header.end }],
    elsewhere,
  };
}

describe('damaged and hostile checkpoints', function () {
  this.timeout((seconds + 120) * 1000);
  const fixture = readFileSync(join(headFixtures, '..', 'gguf', 'q4_k', 'model.gguf'));
  for (const [name, bytes] of [...Object.entries(files), ['fixture.gguf', fixture] as const])
    it(`${name}: rejected in a sentence, or read`, () => {
      withFolder((folder) => {
        attack(victimIn(folder, name, bytes), seededRandom(seed), (seconds * 1000) / 4);
      });
    });
});
