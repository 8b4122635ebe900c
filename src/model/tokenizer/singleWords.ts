import type { Tokenizer } from '@huggingface/tokenizers';
import { isObject } from '../isObject';
import type { TokenizerDefinition } from './tokenizerText';

/** What Rust's `\w` matches, which Hugging Face's tokenizers use for word boundaries. */
const wordCharacter = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;
const wordStart = new RegExp(`^${wordCharacter}`, 'u');
const wordEnd = new RegExp(`${wordCharacter}$`, 'u');

/** Splits a text at added tokens, which become entries themselves. */
interface Splitter {
  split(text: string): string[];
}

/**
 * Makes a tokenizer match added tokens with `single_word` only where they are not adjacent to a letter, digit or underscore:
 * king, but not in kingdom. `@huggingface/tokenizers` 0.2.0 reads that flag but ignores it.
 */
export function respectSingleWords(tokenizer: Tokenizer, { added_tokens: added }: TokenizerDefinition): void {
  if (!Array.isArray(added) || !added.some((token) => isObject(token) && token['single_word'] === true))
    return;
  const { added_tokens_map: tokens, splitter_normalized, splitter_unnormalized } = internals(tokenizer);
  const isSingle = (part: string): boolean => tokens.get(part)?.single_word === true;
  for (const splitter of [splitter_unnormalized, splitter_normalized]) {
    const split = splitter.split.bind(splitter);
    splitter.split = (text) => joined(split(text), (part) => tokens.has(part), isSingle);
  }
}

/** The parts of a text, joined again where a token that is part of a word split it. */
function joined(
  parts: readonly string[],
  isToken: (part: string) => boolean,
  isSingle: (part: string) => boolean,
): string[] {
  const result: string[] = [];
  let open = '';
  const close = (): void => {
    if (open !== '') result.push(open);
    open = '';
  };
  parts.forEach((part, i) => {
    const touches =
      isSingle(part) && (wordEnd.test(parts[i - 1] ?? '') || wordStart.test(parts[i + 1] ?? ''));
    if (touches || !isToken(part)) {
      open += part;
      return;
    }
    close();
    result.push(part);
  });
  close();
  return result;
}

/** Fields of the library that its types declare private. */
function internals(tokenizer: Tokenizer) {
  return tokenizer as unknown as {
    readonly added_tokens_map: ReadonlyMap<string, { readonly single_word: boolean }>;
    readonly splitter_normalized: Splitter;
    readonly splitter_unnormalized: Splitter;
  };
}
