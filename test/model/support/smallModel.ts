import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TokenRule } from '../../../src/concepts/tokenRule';
import { onnxDataType, type OnnxTensor } from '../../../src/model/onnx/writer';
import { floats, halves } from './headForms';
import { writeModel } from './writeModel';

/** U of a generated model, `[vocab, hidden]` row by row. */
export interface SmallHead {
  readonly vocab: number;
  readonly hidden: number;
  readonly rows: readonly number[] | Float64Array;
}

export interface HeadStorage {
  readonly layout: '[vocab, hidden]' | '[hidden, vocab]';
  readonly type: 'float32' | 'float16';
}

/** The word of a token: a single character, so that every word is one token. */
export function wordOf(id: number): string {
  return String.fromCodePoint(0x4e00 + id);
}

/** The token rule for {@link wordOf}. */
export const smallRule: TokenRule = { policy: 'single', leadingSpace: false };

/** Writes a head with a tokenizer; values stored as float16 must be exact. */
export function writeSmallModel(
  folder: string,
  head: SmallHead,
  { layout, type }: HeadStorage = { layout: '[vocab, hidden]', type: 'float32' },
): void {
  const { vocab, hidden, rows } = head;
  const tokensFirst = layout === '[vocab, hidden]';
  const dims = tokensFirst ? [vocab, hidden] : [hidden, vocab];
  const stored = tokensFirst
    ? Array.from(rows)
    : Array.from(rows, (_, at) => rows[(at % vocab) * hidden + Math.floor(at / vocab)]!);
  const weight: OnnxTensor =
    type === 'float32'
      ? floats('W', dims, stored)
      : halves('W', dims, onnxDataType.float16, stored.map(halfBits));
  const attribute = [{ name: 'transB', i: 1 }];
  const gemm = [{ opType: 'Gemm', input: ['hidden', 'W'], output: ['logits'], attribute }];
  writeModel(folder, weight, tokensFirst ? { node: gemm } : {});
  writeSmallTokenizer(folder, vocab);
}

/** Makes {@link wordOf} the vocabulary of the model in a folder. */
export function writeSmallTokenizer(folder: string, vocab: number): void {
  const words = Array.from({ length: vocab }, (_, id) => [wordOf(id), id] as const);
  const model = { type: 'BPE', vocab: Object.fromEntries(words), merges: [] };
  const parts = { normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  const definition = { version: '1.0', added_tokens: [], ...parts, model };
  writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(definition));
  writeFileSync(join(folder, 'tokenizer_config.json'), JSON.stringify({ tokenizer_class: 'LlamaTokenizer' }));
}

/** Bits of a float16 that represents the value exactly: zero, or a normal number of at most 11 bits. */
function halfBits(value: number): number {
  if (value === 0) return 0;
  const bits = new Uint32Array(Float32Array.of(value).buffer)[0]!;
  return ((bits >>> 16) & 0x8000) | ((((bits >>> 23) & 0xff) - 112) << 10) | ((bits >>> 13) & 0x3ff);
}
