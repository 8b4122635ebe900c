import { ModelError } from '../../errors';
import type { Tokenizer } from '@huggingface/tokenizers';
import { createTokenizer } from './createTokenizer';
import type { TokenizerSource } from './tokenizerSource';
import { tokenText, type TokenizerDefinition } from './tokenizerText';
import { addedTokensOf, tokensOf } from './vocabularyOf';

/** The tokens of a word. Both lists are empty if the tokenizer has no token for it. */
export interface WordTokens {
  readonly ids: readonly number[];
  /** The vocabulary's spelling, such as `▁king`. */
  readonly pieces: readonly string[];
}

/** Milliseconds of idle time, because the next request may arrive immediately. */
const idleMilliseconds = 2000;

/** Tokenizes words in the usual way: `encode(word)` without BOS, with a leading space as in a text (`▁king`, `Ġking`). */
export class WordTokenizer {
  readonly #source: TokenizerSource;
  #whole: TokenizerDefinition | undefined;
  /** Ids of all tokens, once they are known. */
  #ids: readonly number[] | undefined;
  /** The last result of {@link tokenIds}. */
  #tokenIds: { readonly count: number; readonly ids: Int32Array } | undefined;
  /** The last result of {@link pieces}. */
  #pieces: readonly string[] | undefined;
  #tokenizer: Tokenizer | undefined;
  #isWhole = false;
  /** Tokens that are not words: the unknown token, and special ones such as `<s>`. */
  #wordless: ReadonlySet<string | undefined> = new Set();
  /** SentencePiece vocabularies such as LLaMA-2's put a `▁` before every text; byte-level ones do not add `Ġ`. */
  #addsSpace = false;
  /** Words after a space that can be looked up before the whole tokenizer is ready. */
  #prepared: ReadonlySet<string> = new Set();
  readonly #known = new Map<string, WordTokens>();

  /** @param source is read when first needed */
  constructor(source: TokenizerSource) {
    this.#source = source;
  }

  /** Its name in messages, such as `tokenizer.json of stories15M`. */
  get label(): string {
    return this.#source.label;
  }

  /** `tokenizer_config.json`, or its equivalent; `{}` if there is none. @throws ModelError */
  get config(): TokenizerDefinition {
    return this.#source.config;
  }

  /**
   * Prepares for a set of words after a space. The first time this is several times faster than tokenizing them one by one,
   * because only the relevant part of a tokenizer.json is parsed; the rest follows when it is needed, or by {@link
   * completeWhenIdle}.
   *
   * @throws ModelError if the tokenizer cannot be used
   */
  prepare(words: readonly string[]): void {
    if (this.#tokenizer) return;
    const relevant = this.#source.readFor?.(['a', ...words]);
    if (!relevant) return;
    const { definition, ids } = relevant;
    this.#ids = [...ids, ...addedTokensOf(definition, this.config).map(([id]) => id)];
    this.#use(definition, false);
    this.#prepared = new Set(words);
  }

  /** Prepares the rest a little later, when a result has been sent and nobody is waiting. */
  completeWhenIdle(): void {
    if (this.#isWhole || !this.#tokenizer) return;
    setTimeout(() => {
      try {
        this.#makeWhole();
      } catch {
        // The error is reported by the next call that needs the rest.
      }
    }, idleMilliseconds).unref();
  }

  /**
   * @param leadingSpace whether the word follows a space
   * @throws ModelError if the tokenizer cannot be used
   */
  tokens(word: string, leadingSpace = true): WordTokens {
    const known = this.#known.get(keyOf(word, leadingSpace));
    if (known) return known;
    if (!(leadingSpace && this.#prepared.has(word))) this.#makeWhole();
    return this.#lookUp(word, leadingSpace);
  }

  #lookUp(word: string, leadingSpace: boolean): WordTokens {
    const { ids, pieces } =
      leadingSpace === this.#addsSpace ? this.#encode(word) : this.#encodeOtherwise(word);
    const isUnknown = pieces.some((piece) => this.#wordless.has(piece));
    const result = isUnknown ? { ids: [], pieces: [] } : { ids, pieces };
    this.#known.set(keyOf(word, leadingSpace), result);
    return result;
  }

  /** The whole tokenizer, for texts. @throws ModelError if the tokenizer cannot be used */
  get whole(): Tokenizer {
    this.#makeWhole();
    return this.#tokenizer!;
  }

  /** Whether pieces spell bytes as GPT-2 does, rather than characters as SentencePiece does. @throws ModelError */
  get isByteLevel(): boolean {
    const { decoder, pre_tokenizer: preTokenizer } = this.#definition;
    return JSON.stringify([decoder, preTokenizer]).includes('"ByteLevel"');
  }

  get #definition(): TokenizerDefinition {
    this.#whole ??= this.#source.read();
    return this.#whole;
  }

  /**
   * The vocabulary's spelling of the tokens 0 … count − 1; `<row 13>` for a row of the head without a token.
   *
   * @throws ModelError if the tokenizer cannot be read
   */
  pieces(count: number): readonly string[] {
    if (this.#pieces?.length === count) return this.#pieces;
    const pieces = Array.from({ length: count }, (_, id) => `<row ${id}>`);
    for (const [id, piece] of tokensOf(this.#definition, this.config)) if (id in pieces) pieces[id] = piece;
    this.#pieces = pieces;
    return pieces;
  }

  /**
   * The ids of all tokens below `count`, including added ones, ascending.
   *
   * @throws ModelError if the tokenizer cannot be read
   */
  tokenIds(count: number): Int32Array {
    if (this.#tokenIds?.count === count) return this.#tokenIds.ids;
    this.#ids ??= tokensOf(this.#definition, this.config).map(([id]) => id);
    const known = new Uint8Array(count);
    for (const id of this.#ids) known[id] = 1;
    const ids = new Int32Array(count);
    let tokens = 0;
    for (let id = 0; id < count; id++) if (known[id] === 1) ids[tokens++] = id;
    this.#tokenIds = { count, ids: ids.slice(0, tokens) };
    return this.#tokenIds.ids;
  }

  #makeWhole(): void {
    if (!this.#isWhole) this.#use(this.#definition, true);
  }

  #use(definition: TokenizerDefinition, isWhole: boolean): void {
    try {
      this.#tokenizer = createTokenizer(definition, this.config, this.label);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw new ModelError(
        `${this.label} cannot be used (${(error as Error).message}); download or export it again.`,
      );
    }
    this.#isWhole = isWhole;
    this.#wordless = new Set([tokenText(this.config['unk_token']), ...specialTokens(definition)]);
    this.#addsSpace = /^[▁Ġ]/u.test(this.#encode('a').pieces[0] ?? '');
  }

  #encode(text: string): WordTokens {
    const { ids, tokens } = this.#tokenizer!.encode(text, { add_special_tokens: false });
    return { ids, pieces: tokens };
  }

  /** Adds a space if the tokenizer does not; tokenizes a bare word after a line break if the tokenizer always adds one. */
  #encodeOtherwise(word: string): WordTokens {
    if (!this.#addsSpace) return this.#encode(` ${word}`);
    const before = this.#encode('\n').ids.length;
    const { ids, pieces } = this.#encode(`\n${word}`);
    return { ids: ids.slice(before), pieces: pieces.slice(before) };
  }
}

function keyOf(word: string, leadingSpace: boolean): string {
  return leadingSpace ? ` ${word}` : word;
}

function specialTokens({ added_tokens: added }: Record<string, unknown>): (string | undefined)[] {
  if (!Array.isArray(added)) return [];
  return (added as Record<string, unknown>[]).filter(({ special }) => special === true).map(tokenText);
}
