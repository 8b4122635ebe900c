import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonObject } from '../jsonFile';
import type { ModelFolder } from '../modelFolder';

/** The part of a model's configuration that a forward pass needs. `null` if the folder does not specify it. */
export interface DecoderSettings {
  /** Maximum number of positions of the model. */
  readonly positions: number | null;
  /** The token at the beginning of every text. */
  readonly beginning: number | null;
  readonly keyValueHeads: number | null;
  readonly headSize: number | null;
  /** The usual name of an input by its name in this export. `%d` is a layer number. */
  readonly inputNames: ReadonlyMap<string, string>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads `config.json` (Hugging Face) and `genai_config.json` (onnxruntime-genai), which takes precedence because it was
 * written with the ONNX file.
 *
 * @throws ModelError if genai_config.json is not JSON
 */
export function decoderSettings({ path, name, config }: ModelFolder): DecoderSettings {
  const genaiPath = join(path, 'genai_config.json');
  const genai = existsSync(genaiPath) ? readJsonObject(genaiPath, `genai_config.json of ${name}`) : {};
  const model = objectAt(genai, 'model');
  const decoder = objectAt(model, 'decoder');
  const heads = numberAt(decoder, 'num_attention_heads') ?? numberAt(config, 'num_attention_heads');
  const hidden = numberAt(decoder, 'hidden_size') ?? numberAt(config, 'hidden_size');
  return {
    positions: numberAt(model, 'context_length') ?? numberAt(config, 'max_position_embeddings'),
    beginning: numberAt(model, 'bos_token_id') ?? numberAt(config, 'bos_token_id'),
    keyValueHeads:
      numberAt(decoder, 'num_key_value_heads') ?? numberAt(config, 'num_key_value_heads') ?? heads,
    headSize:
      numberAt(decoder, 'head_size') ??
      numberAt(config, 'head_dim') ??
      (heads !== null && hidden !== null ? hidden / heads : null),
    inputNames: new Map(
      Object.entries(objectAt(decoder, 'inputs')).flatMap(([usual, own]) =>
        typeof own === 'string' ? [[own, usual] as const] : [],
      ),
    ),
  };
}

function objectAt(from: Json, key: string): Json {
  const value = from[key];
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function numberAt(from: Json, key: string): number | null {
  const value = from[key];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
