import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchCheckpoint, type Checkpoint } from '../../../scripts/checkpoint';
import { tokenizerJson } from '../../../scripts/tokenizerJson';
import { builtInModel } from './builtInModel';
import { writeGguf, type GgufContents, type WrittenTensor } from './writeGguf';

let written: Promise<string> | undefined;

/** A folder with the built-in model as a GGUF file in float32, and its tokenizer beside it. Removed when mocha ends. */
export function builtInGguf(): Promise<string> {
  written ??= write();
  return written;
}

async function write(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-'));
  process.on('exit', () => {
    rmSync(folder, { recursive: true, force: true });
  });
  const onnx = await builtInModel();
  for (const name of ['tokenizer.json', 'tokenizer_config.json'])
    cpSync(join(onnx, name), join(folder, name));
  writeGguf(join(folder, 'stories.gguf'), ggufOf(await fetchCheckpoint()));
  return folder;
}

/**
 * A checkpoint as llama.cpp's converter names its tensors. Queries and keys stay as they are: llama2.c and llama.cpp both rotate
 * neighbours together.
 */
export function ggufOf(
  checkpoint: Checkpoint,
): GgufContents & { readonly tensors: readonly WrittenTensor[] } {
  const { config, embedding, layers, finalNorm } = checkpoint;
  const { hiddenSize: hidden, intermediateSize: inner, heads, kvHeads, vocabSize } = config;
  const keys = (hidden / heads) * kvHeads;
  return {
    metadata: {
      'general.architecture': 'llama',
      'llama.context_length': { u32: config.contextLength },
      'llama.embedding_length': { u32: hidden },
      'llama.block_count': { u32: config.layers },
      'llama.feed_forward_length': { u32: inner },
      'llama.attention.head_count': { u32: heads },
      'llama.attention.head_count_kv': { u32: kvHeads },
      'llama.attention.layer_norm_rms_epsilon': 1e-5,
      'llama.rope.dimension_count': { u32: hidden / heads },
      ...tokenizerOf(checkpoint),
    },
    tensors: [
      float32('token_embd.weight', [hidden, vocabSize], embedding),
      float32('output_norm.weight', [hidden], finalNorm),
      ...layers.flatMap((layer, i) => [
        float32(`blk.${i}.attn_norm.weight`, [hidden], layer.attentionNorm),
        float32(`blk.${i}.attn_q.weight`, [hidden, hidden], layer.query),
        float32(`blk.${i}.attn_k.weight`, [hidden, keys], layer.key),
        float32(`blk.${i}.attn_v.weight`, [hidden, keys], layer.value),
        float32(`blk.${i}.attn_output.weight`, [hidden, hidden], layer.output),
        float32(`blk.${i}.ffn_norm.weight`, [hidden], layer.feedForwardNorm),
        float32(`blk.${i}.ffn_gate.weight`, [hidden, inner], layer.gate),
        float32(`blk.${i}.ffn_down.weight`, [inner, hidden], layer.down),
        float32(`blk.${i}.ffn_up.weight`, [hidden, inner], layer.up),
      ]),
    ],
  };
}

function tokenizerOf({ vocabulary }: Checkpoint): GgufContents['metadata'] {
  const { model } = tokenizerJson(vocabulary) as { readonly model: { readonly vocab: object } };
  const pieces: string[] = [];
  for (const [piece, id] of Object.entries(model.vocab)) pieces[id as number] = piece;
  // Unknown, control, byte and normal tokens.
  const type = (id: number): number => (id === 0 ? 2 : id < 3 ? 3 : id < 259 ? 6 : 1);
  return {
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.tokens': pieces,
    'tokenizer.ggml.scores': { f32: vocabulary.map(({ score }) => score) },
    'tokenizer.ggml.token_type': { i32: pieces.map((_, id) => type(id)) },
    'tokenizer.ggml.unknown_token_id': { u32: 0 },
    'tokenizer.ggml.bos_token_id': { u32: 1 },
    'tokenizer.ggml.eos_token_id': { u32: 2 },
    'tokenizer.ggml.add_bos_token': true,
  };
}

function float32(
  name: string,
  dimensions: readonly number[],
  { buffer, byteOffset, byteLength }: Float32Array,
): WrittenTensor {
  return { name, dimensions, type: 0, data: new Uint8Array(buffer, byteOffset, byteLength) };
}
