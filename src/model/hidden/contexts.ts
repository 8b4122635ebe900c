import type { Model } from '../model';
import { tokenText } from '../tokenizer/tokenizerText';

/**
 * Encodes a text as a context: token ids with the special tokens that the tokenizer adds to a text, as in λ(“Long live
 * the”). `add_bos_token` of tokenizer_config.json, or of a GGUF file, decides about BOS; without it, tokenizer.json does.
 *
 * @throws ModelError if the model's tokenizer is missing or unreadable
 */
export function contextEncoder(model: Model): (text: string) => readonly number[] {
  const { whole: tokenizer, config } = model.tokenizer;
  const bosText = tokenText(config['bos_token']);
  const bos = bosText === undefined ? undefined : tokenizer.token_to_id(bosText);
  const hasBos = bos !== undefined && tokenizer.encode('').ids[0] === bos;
  const addBos = config['add_bos_token'];
  return (text) => {
    const { ids } = tokenizer.encode(text);
    if (bos === undefined || hasBos === (addBos ?? hasBos)) return ids;
    return hasBos ? ids.slice(1) : [bos, ...ids];
  };
}
