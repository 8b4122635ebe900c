import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readJsonObject } from '../jsonFile';
import type { ModelFolder } from '../modelFolder';

/** What of a model's configuration a forward pass needs. `null` where the folder does not say. */
export interface HiddenSettings {
  /** Positions that the model was made for. */
  readonly positions: number | null;
  /** Token that begins every text. */
  readonly beginning: number | null;
  readonly keyValueHeads: number | null;
  readonly headSize: number | null;
  /** The usual name of an input by the name that this export gives it. `%d` stands for a layer's number. */
  readonly inputNames: ReadonlyMap<string, string>;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * From `config.json` (Hugging Face) and `genai_config.json` (onnxruntime-genai), which is believed first, for it was
 * written with the ONNX file.
 *
 * @throws ModelError if genai_config.json is no JSON
 */
export function hiddenSettings({ path, name, config }: ModelFolder): HiddenSettings {
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
