import type { Tokenizer } from '@huggingface/tokenizers';
import { isObject } from './isObject';
import type { TokenizerDefinition } from './tokenizerText';

/** What Rust's `\w` matches, by which Hugging Face's tokenizers know the ends of a word. */
const wordCharacter = String.raw`[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]`;
const wordStart = new RegExp(`^${wordCharacter}`, 'u');
const wordEnd = new RegExp(`${wordCharacter}$`, 'u');

/** Cuts a text at the added tokens in it; the tokens themselves are entries. */
interface Splitter {
  split(text: string): string[];
}

/**
 * Makes a tokenizer take added tokens of `single_word` only where no letter, digit or underscore touches them: king, but not in
 * kingdom. `@huggingface/tokenizers` 0.2.0 reads that flag and does not act on it.
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

/** Parts of a text, those put together again that a token cuts which touches a word. */
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

/** The library's own fields, which its types keep private. */
function internals(tokenizer: Tokenizer) {
  return tokenizer as unknown as {
    readonly added_tokens_map: ReadonlyMap<string, { readonly single_word: boolean }>;
    readonly splitter_normalized: Splitter;
    readonly splitter_unnormalized: Splitter;
  };
}
