import { dirname, join } from 'node:path';
import { indexEnding } from '../protocol/weightFormat';
import { isObject } from './isObject';
import { readJsonObject } from './jsonFile';
import type { Model } from './model';
import { orUndefined } from './orUndefined';
import { configValue } from './safetensors/headNames';
import { SafetensorsFile } from './safetensors/safetensorsFile';
import { ByteSource } from './storage/byteSource';

/**
 * The number of parameters, where the model's own files state it exactly; otherwise `null`, because estimates would look like
 * measurements. Known are: LLaMA and Mistral by their config.json, which determines every shape, in any format; and .gguf and
 * .safetensors files by the shapes of their tensors, unless a quantizer has packed these. The graph of an ONNX file mixes
 * parameters with other constants.
 */
export function parameterCount(model: Model): number | null {
  const { config, format } = model.folder;
  const ofConfig = parametersOfConfig(config);
  if (ofConfig !== null || format === 'ONNX') return ofConfig;
  return orUndefined(() => (format === 'GGUF' ? ggufParameters(model) : checkpointParameters(model))) ?? null;
}

/**
 * Architectures whose parameters follow from config.json (transformers, modeling_llama.py and modeling_mistral.py), and whether
 * a config that states no number of groups has one for each head.
 */
const determined = new Map([
  ['LlamaForCausalLM', true],
  ['MistralForCausalLM', false],
]);

/** Embedding, head unless tied, and in each layer two norms, four matrices of attention and three of the MLP. */
export function parametersOfConfig(config: Readonly<Record<string, unknown>>): number | null {
  const { architectures } = config;
  const [name] = Array.isArray(architectures) ? (architectures as unknown[]) : [];
  if (typeof name !== 'string' || !determined.has(name)) return null;
  if (config['attention_bias'] === true || config['mlp_bias'] === true) return null;
  const [vocabulary, hidden, layers, inner, heads] = [
    'vocab_size',
    'hidden_size',
    'num_hidden_layers',
    'intermediate_size',
    'num_attention_heads',
  ].map((key) => sizeIn(config, key));
  if (!vocabulary || !hidden || !layers || !inner || !heads) return null;
  const groups = sizeIn(config, 'num_key_value_heads') ?? (determined.get(name) ? heads : undefined);
  if (!groups) return null;
  const width = sizeIn(config, 'head_dim') ?? hidden / heads;
  const attention = 2 * hidden * heads * width + 2 * hidden * groups * width;
  const layer = attention + 3 * hidden * inner + 2 * hidden;
  // Both classes keep a head of their own unless the file says otherwise.
  const matrices = configValue(config, 'tie_word_embeddings') === true ? 1 : 2;
  const total = matrices * vocabulary * hidden + layers * layer + hidden;
  return Number.isSafeInteger(total) ? total : null;
}

function sizeIn(config: Readonly<Record<string, unknown>>, key: string): number | undefined {
  const value = configValue(config, key);
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

/** Formats of ggml count in numbers, not in blocks; the frequencies of rotary embeddings are computed, not learned. */
function ggufParameters({ gguf }: Model): number {
  return gguf.files
    .flatMap(({ tensors }) => [...tensors.values()])
    .filter(({ name }) => !name.startsWith('rope_'))
    .reduce((sum, { dimensions }) => sum + product(dimensions), 0);
}

const learned = new Set(['F64', 'F32', 'F16', 'BF16']);
/** Positions and masks that old checkpoints store. */
const constants = new Set(['I64', 'BOOL']);

function checkpointParameters({ folder: { path, name, file, remote } }: Model): number | null {
  if (!file.endsWith(indexEnding)) return safetensorsParameters(join(path, file), `${name}/${file}`);
  const index = readJsonObject(join(path, file), `${name}/${file}`);
  const stated = isObject(index['metadata']) ? index['metadata']['total_parameters'] : undefined;
  if (Number.isSafeInteger(stated)) return stated as number;
  // The other shards of a model on the Hub would have to be asked for one by one.
  const map = isObject(index['weight_map']) && !remote ? index['weight_map'] : {};
  const shards = [...new Set(Object.values(map))];
  let sum = 0;
  for (const shard of shards) {
    if (typeof shard !== 'string' || !/^[^/\\\0]+\.safetensors$/u.test(shard)) return null;
    const found = safetensorsParameters(join(path, dirname(file), shard), `${name}/${shard}`);
    if (found === null) return null;
    sum += found;
  }
  return shards.length === 0 ? null : sum;
}

function safetensorsParameters(path: string, label: string): number | null {
  const source = new ByteSource(path, label);
  try {
    const file = new SafetensorsFile(source);
    let sum = 0;
    for (const name of file.names) {
      const type = file.typeOf(name) ?? '';
      if (constants.has(type)) continue;
      if (!learned.has(type)) return null;
      sum += product(file.tensor(name)!.dimensions);
    }
    return sum;
  } finally {
    source.close();
  }
}

function product(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all * size, 1);
}
