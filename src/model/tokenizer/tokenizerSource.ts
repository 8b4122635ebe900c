import type { PartialDefinition, TokenizerDefinition } from './tokenizerText';

/** Where the tokenizer of a model comes from. Nothing long is read before it is needed. */
export interface TokenizerSource {
  /** Its name in messages, such as `tokenizer.json of stories15M`. */
  readonly label: string;
  /** `tokenizer_config.json`, or what the source itself says in the same form; `{}` if there is none. */
  readonly config: TokenizerDefinition;
  /** The whole tokenizer. @throws ModelError if it cannot be used */
  readonly read: () => TokenizerDefinition;
  /** As much as these words need after a space, if that is sooner ready; undefined if it is not certain to be enough. */
  readonly readFor?: (words: readonly string[]) => PartialDefinition | undefined;
}
