import { ModelError } from '../errors';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { isObject } from './isObject';
import { parseJsonObject, readJsonBytes, readJsonObject } from './jsonFile';
import { withRelevantVocabulary } from './relevantVocabulary';
import { respectSingleWords } from './singleWords';
import type { TokenizerDefinition } from './tokenizerText';

/** How the model cuts one word. Both lists are empty if the tokenizer knows no token for it. */
export interface WordTokens {
  readonly ids: readonly number[];
  /** The vocabulary's own spelling, as `▁king`. */
  readonly pieces: readonly string[];
}

type Token = readonly [id: number, piece: string];

/** Not at once: the next question may come in already. */
const idleMilliseconds = 2000;

/** Cuts words as the field does it: `encode(word)` without BOS, with the space before it that a text has (`▁king`, `Ġking`). */
export class WordTokenizer {
  readonly #name: string;
  readonly #label: string;
  /** `tokenizer.json`, until all of it is needed and it is parsed. */
  #bytes: Buffer | undefined;
  #parsed: TokenizerDefinition | undefined;
  /** Of all tokens, once the file has been gone through. */
  #ids: readonly number[] | undefined;
  /** The last answer of {@link tokenIds}. */
  #tokenIds: { readonly count: number; readonly ids: Int32Array } | undefined;
  /** `tokenizer_config.json`, `{}` without one. */
  readonly config: TokenizerDefinition;
  #tokenizer: Tokenizer | undefined;
  #isWhole = false;
  /** Tokens that spell no word: the unknown one, and marks as `<s>`. */
  #wordless: ReadonlySet<string | undefined> = new Set();
  /** SentencePiece vocabularies as LLaMA-2's put a `▁` before every text; byte-level ones put no `Ġ`. */
  #addsSpace = false;
  /** What may be looked up, after a space, before the tokenizer is whole. */
  #prepared: ReadonlySet<string> = new Set();
  readonly #known = new Map<string, WordTokens>();

  /** What the file says is looked at when it is first needed. @throws ModelError if it is missing or unreadable */
  constructor(folder: string) {
    const path = join(folder, 'tokenizer.json');
    this.#name = basename(folder);
    if (!existsSync(path)) {
      throw new ModelError(
        `The model folder ${this.#name} has no tokenizer.json; copy it there from the model's page on the Hub.`,
      );
    }
    this.#label = `tokenizer.json of ${this.#name}`;
    this.#bytes = readJsonBytes(path, this.#label);
    const configPath = join(folder, 'tokenizer_config.json');
    this.config = existsSync(configPath)
      ? readJsonObject(configPath, `tokenizer_config.json of ${this.#name}`)
      : {};
  }

  /**
   * Makes ready for words after a space all at once. The first time that is several times quicker than one by one, because
   * only what concerns these words is read; the rest follows when it is needed, or by {@link completeWhenIdle}.
   *
   * @throws ModelError if `tokenizer.json` cannot be used
   */
  prepare(words: readonly string[]): void {
    if (this.#tokenizer || !this.#bytes || this.config['do_lowercase_and_remove_accent']) return;
    const relevant = withRelevantVocabulary(this.#bytes, ['a', ...words]);
    if (!relevant) return;
    const { definition, ids } = relevant;
    this.#ids = [...ids, ...this.#addedTokens(definition).map(([id]) => id)];
    this.#use(definition, false);
    this.#prepared = new Set(words);
  }

  /** Makes the rest ready a little later, for an answer is out and nobody waits. */
  completeWhenIdle(): void {
    if (this.#isWhole || !this.#tokenizer) return;
    setTimeout(() => {
      try {
        this.#makeWhole();
      } catch {
        // Whoever needs the rest hears of it.
      }
    }, idleMilliseconds).unref();
  }

  /**
   * @param leadingSpace whether the word stands after a space, or bare
   * @throws ModelError if `tokenizer.json` cannot be used
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

  /** The whole tokenizer, for texts. @throws ModelError if `tokenizer.json` cannot be used */
  get whole(): Tokenizer {
    this.#makeWhole();
    return this.#tokenizer!;
  }

  get #definition(): TokenizerDefinition {
    this.#parsed ??= parseJsonObject(this.#bytes!, this.#label);
    this.#bytes = undefined;
    return this.#parsed;
  }

  /**
   * The vocabulary's own spelling of the tokens 0 … count − 1; `<row 13>` where a head has a row that no token has.
   *
   * @throws ModelError if `tokenizer.json` is no JSON
   */
  pieces(count: number): readonly string[] {
    const pieces = Array.from({ length: count }, (_, id) => `<row ${id}>`);
    for (const [id, piece] of this.#tokens()) if (id in pieces) pieces[id] = piece;
    return pieces;
  }

  /**
   * The ids of all tokens, added ones too, below `count` and ascending.
   *
   * @throws ModelError if `tokenizer.json` is no JSON
   */
  tokenIds(count: number): Int32Array {
    if (this.#tokenIds?.count === count) return this.#tokenIds.ids;
    this.#ids ??= this.#tokens().map(([id]) => id);
    const known = new Uint8Array(count);
    for (const id of this.#ids) known[id] = 1;
    const ids = new Int32Array(count);
    let tokens = 0;
    for (let id = 0; id < count; id++) if (known[id] === 1) ids[tokens++] = id;
    this.#tokenIds = { count, ids: ids.slice(0, tokens) };
    return this.#tokenIds.ids;
  }

  /** Added tokens last: they replace others of the same id. */
  #tokens(): readonly Token[] {
    const { model } = this.#definition;
    const vocab = typeof model === 'object' && model !== null && 'vocab' in model ? model.vocab : undefined;
    // Unigram models list [piece, score] in the order of ids.
    const own: readonly (readonly [id: unknown, piece: unknown])[] = Array.isArray(vocab)
      ? vocab.map((entry: unknown, id) => [id, Array.isArray(entry) ? entry[0] : undefined])
      : Object.entries(vocab ?? {}).map(([piece, id]) => [id, piece]);
    return [...own.filter(isToken), ...this.#addedTokens(this.#definition)];
  }

  /** Of the tokenizer's configuration too, which newer versions of transformers add when they load it. */
  #addedTokens({ added_tokens: added }: TokenizerDefinition): readonly Token[] {
    const decoder: unknown = this.config['added_tokens_decoder'];
    const configured = isObject(decoder)
      ? Object.entries(decoder).map(([id, token]) => [Number(id), tokenText(token)] as const)
      : [];
    const listed = Array.isArray(added)
      ? added.filter(isObject).map(({ id, content }) => [id, content] as const)
      : [];
    return [...configured, ...listed].filter(isToken);
  }

  #makeWhole(): void {
    if (!this.#isWhole) this.#use(this.#definition, true);
  }

  #use(definition: TokenizerDefinition, isWhole: boolean): void {
    try {
      this.#tokenizer = new Tokenizer(definition, this.config);
      respectSingleWords(this.#tokenizer, definition);
    } catch (error) {
      throw new ModelError(
        `${this.#label} cannot be used (${(error as Error).message}); download or export it again.`,
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

  /** With a space where the tokenizer adds none; without one, after a line break, where it always adds one. */
  #encodeOtherwise(word: string): WordTokens {
    if (!this.#addsSpace) return this.#encode(` ${word}`);
    const before = this.#encode('\n').ids.length;
    const { ids, pieces } = this.#encode(`\n${word}`);
    return { ids: ids.slice(before), pieces: pieces.slice(before) };
  }
}

function isToken(entry: readonly [id: unknown, piece: unknown]): entry is Token {
  return Number.isInteger(entry[0]) && typeof entry[1] === 'string';
}

function keyOf(word: string, leadingSpace: boolean): string {
  return leadingSpace ? ` ${word}` : word;
}

function specialTokens({ added_tokens: added }: Record<string, unknown>): (string | undefined)[] {
  if (!Array.isArray(added)) return [];
  return (added as Record<string, unknown>[]).filter(({ special }) => special === true).map(tokenText);
}

/** Special tokens are written as a string or as an object with their content. */
export function tokenText(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token !== 'object' || token === null || !('content' in token)) return undefined;
  return typeof token.content === 'string' ? token.content : undefined;
}
