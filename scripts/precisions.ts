import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../src/model/model';
import { buildModel } from './buildModel';

/*
 * Writes the built-in model's unembedding in other precisions, to compare them: `npx tsx scripts/precisions.ts FOLDER`, which then
 * contains the model folders `bfloat16` and `int8` (safetensors, and one scale for each row of int8).
 */

interface Tensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
}

/** @returns the folders of the models */
export async function writePrecisions(folder: string): Promise<string[]> {
  const source = await buildModel(() => undefined);
  const model = new Model(source);
  const { vocabSize, hiddenSize } = model.unembedding.head;
  const { data } = model.unembedding.rows([...Array(vocabSize).keys()]);
  model.close();
  const shape = [vocabSize, hiddenSize];
  const name = 'model.embed_tokens.weight';
  const { values, scales } = int8(data, vocabSize, hiddenSize);
  const precisions: Readonly<Record<string, Readonly<Record<string, Tensor>>>> = {
    bfloat16: { [name]: { dtype: 'BF16', shape, bytes: bytesOf(bfloat16(data)) } },
    int8: {
      [name]: { dtype: 'I8', shape, bytes: bytesOf(values) },
      [`${name}_scale`]: { dtype: 'F32', shape: [vocabSize, 1], bytes: bytesOf(scales) },
    },
  };
  return Object.entries(precisions).map(([precision, tensors]) => {
    const target = join(folder, precision);
    mkdirSync(target, { recursive: true });
    for (const file of ['config.json', 'tokenizer.json', 'tokenizer_config.json'])
      cpSync(join(source, file), join(target, file));
    writeFileSync(join(target, 'model.safetensors'), safetensors(tensors));
    return target;
  });
}

/** Rounds to the nearest. */
function bfloat16(numbers: ArrayLike<number>): Uint16Array {
  const bits = new Uint32Array(Float32Array.from(numbers).buffer);
  return Uint16Array.from(bits, (word) => (word + 0x7fff + ((word >>> 16) & 1)) >>> 16);
}

function int8(numbers: ArrayLike<number>, rows: number, columns: number) {
  const values = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let largest = 0;
    for (let j = 0; j < columns; j++) largest = Math.max(largest, Math.abs(numbers[row * columns + j]!));
    scales[row] = largest / 127 || 1;
    for (let j = 0; j < columns; j++)
      values[row * columns + j] = Math.round(numbers[row * columns + j]! / scales[row]!);
  }
  return { values, scales };
}

function bytesOf({ buffer }: { readonly buffer: ArrayBufferLike }): Uint8Array {
  return new Uint8Array(buffer);
}

function safetensors(tensors: Readonly<Record<string, Tensor>>): Buffer {
  const header: Record<string, unknown> = {};
  let at = 0;
  for (const [name, { dtype, shape, bytes }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...Object.values(tensors).map(({ bytes }) => bytes)]);
}

if (require.main === module) {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new Error('Name the folder to write the models to.');
  void writePrecisions(folder);
}
