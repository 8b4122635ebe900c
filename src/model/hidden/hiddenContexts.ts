import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { Model } from '../model';
import { readJsonObject } from '../modelFolder';

/**
 * How a text becomes a context: token ids with what the tokenizer puts around a text, as the field does it when it speaks of
 * λ(“Long live the”). `add_bos_token` of tokenizer_config.json decides about BOS; without it tokenizer.json does.
 *
 * @throws ModelError if the folder's tokenizer is missing or unreadable
 */
export function contextEncoder(model: Model): (text: string) => readonly number[] {
  const { name, path } = model.folder;
  // A tokenizer that cannot be used is refused here, in the same words as for pairs.
  model.tokenizer.tokens('');
  const config = readConfig(path, name);
  const tokenizer = new Tokenizer(
    readJsonObject(join(path, 'tokenizer.json'), `tokenizer.json of ${name}`),
    config,
  );
  const bosText = contentOf(config['bos_token']);
  const bos = bosText === undefined ? undefined : tokenizer.token_to_id(bosText);
  const hasBos = bos !== undefined && tokenizer.encode('').ids[0] === bos;
  const addBos = config['add_bos_token'];
  return (text) => {
    const { ids } = tokenizer.encode(text);
    if (bos === undefined || hasBos === (addBos ?? hasBos)) return ids;
    return hasBos ? ids.slice(1) : [bos, ...ids];
  };
}

function readConfig(folder: string, name: string): Record<string, unknown> {
  const path = join(folder, 'tokenizer_config.json');
  return existsSync(path) ? readJsonObject(path, `tokenizer_config.json of ${name}`) : {};
}

/** Special tokens are written as a string or as an object with their content. */
function contentOf(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token !== 'object' || token === null || !('content' in token)) return undefined;
  return typeof token.content === 'string' ? token.content : undefined;
}
