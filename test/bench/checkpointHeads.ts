import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheDirectory } from '../../scripts/cacheDirectory';
import { withProcessLock } from '../../scripts/processLock';
import { inRoot } from '../support/places';
import { headData, headForms, hiddenSize, vocabSize } from './headForms';
import { ggufBytes } from '../model/support/writeGguf';

/** A checkpoint with a head of LLaMA-2-7B's shape. */
export interface CheckpointForm {
  readonly name: string;
  /** The most time of a cold probe, relative to the ONNX file with the same layout. */
  readonly target: number;
  readonly write: (path: string) => void;
}

const directory = cacheDirectory('bench-checkpoints');
const tokenizerFolder = inRoot('dist', 'models', 'stories15M');
const float16 = headForms.find(({ name }) => name === 'float16-vocab-hidden')!;

export const checkpointForms: readonly CheckpointForm[] = [
  { name: 'safetensors F16', target: 1.1, write: safetensors('F16') },
  { name: 'safetensors BF16', target: 1.1, write: safetensors('BF16') },
  { name: 'GGUF Q4_K', target: 1.5, write: gguf(12, 144, [0, 2]) },
  { name: 'GGUF Q6_K', target: 1.5, write: gguf(14, 210, [208]) },
  { name: 'GGUF Q8_0', target: 1.5, write: gguf(8, 34, [0]) },
];

/** The model folder of each form, written if it does not exist. */
export async function checkpointFolders(): Promise<ReadonlyMap<CheckpointForm, string>> {
  const folderOf = ({ name }: CheckpointForm): string => join(directory, name.replace(' ', '-'));
  await withProcessLock(`${directory}.lock`, () => {
    for (const form of checkpointForms) if (!existsSync(folderOf(form))) writeFolder(form, folderOf(form));
    return Promise.resolve();
  });
  return new Map(checkpointForms.map((form) => [form, folderOf(form)]));
}

/** Renamed when it is complete, so that an interrupted one is written again. */
function writeFolder(form: CheckpointForm, folder: string): void {
  const unfinished = `${folder}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  form.write(join(unfinished, form.name.startsWith('GGUF') ? 'model.gguf' : 'model.safetensors'));
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    copyFileSync(join(tokenizerFolder, name), join(unfinished, name));
  renameSync(unfinished, folder);
}

function writeParts(path: string, parts: Iterable<Uint8Array>): void {
  const file = openSync(path, 'w');
  for (const part of parts) writeSync(file, part);
  closeSync(file);
}

/** The numbers of the ONNX form in 16 bits; bfloat16 drops their last three bits. */
function safetensors(dtype: 'F16' | 'BF16') {
  return (path: string): void => {
    const entry = { dtype, shape: [vocabSize, hiddenSize], data_offsets: [0, vocabSize * hiddenSize * 2] };
    const header = Buffer.from(JSON.stringify({ 'lm_head.weight': entry }));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    const parts = headData(float16);
    writeParts(
      path,
      (function* () {
        yield* [length, header];
        for (const part of parts) yield dtype === 'F16' ? part : toBfloat16(part);
      })(),
    );
  };
}

/** Normal float16 numbers as bfloat16, which has three more bits of exponent. */
function toBfloat16({ buffer, byteOffset, byteLength }: Uint8Array): Uint8Array {
  const bits = Uint16Array.from(new Uint16Array(buffer, byteOffset, byteLength / 2), (half) => {
    const [sign, exponent] = [half & 0x8000, (half >> 10) & 31];
    return sign | ((exponent + 112) << 7) | ((half & 0x3ff) >> 3);
  });
  return new Uint8Array(bits.buffer);
}

/** Random blocks. @param halves where float16 scales are, which get small exponents */
function gguf(type: number, blockBytes: number, halves: readonly number[]) {
  return (path: string): void => {
    const rowBytes = (hiddenSize / (blockBytes === 34 ? 32 : 256)) * blockBytes;
    const rows = 64;
    const empty = new Uint8Array(0);
    const tensor = { name: 'output.weight', dimensions: [hiddenSize, vocabSize], type, data: empty };
    const header = ggufBytes({ metadata: { 'general.architecture': 'llama' }, tensors: [tensor] });
    writeParts(
      path,
      (function* () {
        yield header;
        let state = 1;
        for (let row = 0; row < vocabSize; row += rows) {
          const words = new Uint32Array((rowBytes * rows) / 4);
          for (let i = 0; i < words.length; i++) {
            state ^= state << 13;
            state ^= state >>> 17;
            words[i] = state ^= state << 5;
          }
          const bytes = new Uint8Array(words.buffer);
          for (let block = 0; block < bytes.length; block += blockBytes)
            for (const at of halves) bytes[block + at + 1] = 0x10 | (bytes[block + at + 1]! & 0x83);
          yield bytes;
        }
      })(),
    );
  };
}
