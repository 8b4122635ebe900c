import { Tokenizer } from '@huggingface/tokenizers';
import { boundTokenizer } from './boundTokenizer';
import { PieceModel } from './pieceModel';
import { PieceNormalizer } from './pieceNormalizer';
import { respectSingleWords } from './singleWords';
import type { TokenizerDefinition } from './tokenizerText';

/** A model without tokens, which `Tokenizer` needs until it has its own. */
const empty = { type: 'BPE', vocab: {}, merges: [] };

/**
 * The tokenizer of a definition, whose normalizer and model may be ours.
 *
 * @param label its name in messages
 * @throws ModelError if it would take too long; Error if the definition is wrong
 */
export function createTokenizer(
  definition: TokenizerDefinition,
  config: TokenizerDefinition,
  label: string,
): Tokenizer {
  const { model, normalizer, added_tokens: added } = definition;
  if (!(model instanceof PieceModel)) {
    const tokenizer = boundTokenizer(definition, label, () => new Tokenizer(definition, config));
    respectSingleWords(tokenizer, definition);
    return tokenizer;
  }
  const tokenizer = new Tokenizer({ ...definition, model: empty, normalizer: null }, config);
  tokenizer.model = model;
  if (normalizer instanceof PieceNormalizer) tokenizer.normalizer = normalizer;
  for (const { content, id } of added as { content: string; id: number }[]) {
    model.tokens_to_ids.set(content, id);
    model.vocab[id] = content;
  }
  respectSingleWords(tokenizer, definition);
  return tokenizer;
}
