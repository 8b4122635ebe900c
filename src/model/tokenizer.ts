import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { ModelError } from './modelError';
import { readJsonObject } from './modelFolder';

/** How the model cuts one word. Both lists are empty if the tokenizer knows no token for it. */
export interface WordTokens {
  readonly ids: readonly number[];
  /** The vocabulary's own spelling, as `▁king`. */
  readonly pieces: readonly string[];
}

/** Cuts words as the field does it: `encode(word)` without BOS, with the space before it that a text has (`▁king`, `Ġking`). */
export class WordTokenizer {
  readonly #tokenizer: Tokenizer;
  /** Tokens that spell no word: the unknown one, and marks as `<s>`. */
  readonly #wordless: ReadonlySet<string | undefined>;
  /** SentencePiece vocabularies as LLaMA-2's put a `▁` before every text; byte-level ones put no `Ġ`. */
  readonly #addsSpace: boolean;
  readonly #known = new Map<string, WordTokens>();

  /** @throws ModelError if `tokenizer.json` is missing or unreadable */
  constructor(folder: string) {
    const path = join(folder, 'tokenizer.json');
    const name = basename(folder);
    if (!existsSync(path)) {
      throw new ModelError(
        `The model folder ${name} has no tokenizer.json; copy it there from the model's page on the Hub.`,
      );
    }
    const definition = readJsonObject(path, `tokenizer.json of ${name}`);
    const configPath = join(folder, 'tokenizer_config.json');
    const config = existsSync(configPath)
      ? readJsonObject(configPath, `tokenizer_config.json of ${name}`)
      : {};
    try {
      this.#tokenizer = new Tokenizer(definition, config);
    } catch (error) {
      throw new ModelError(
        `tokenizer.json of ${name} cannot be used (${(error as Error).message}); download or export it again.`,
      );
    }
    this.#addsSpace = /^[▁Ġ]/u.test(this.#encode('a').pieces[0] ?? '');
    this.#wordless = new Set([textOf(config['unk_token']), ...specialTokens(definition)]);
  }

  /** @param leadingSpace whether the word stands after a space, or bare */
  tokens(word: string, leadingSpace = true): WordTokens {
    const key = `${leadingSpace ? ' ' : ''}${word}`;
    const known = this.#known.get(key);
    if (known) return known;
    const { ids, pieces } =
      leadingSpace === this.#addsSpace ? this.#encode(word) : this.#encodeOtherwise(word);
    const isUnknown = pieces.some((piece) => this.#wordless.has(piece));
    const result = isUnknown ? { ids: [], pieces: [] } : { ids, pieces };
    this.#known.set(key, result);
    return result;
  }

  #encode(text: string): WordTokens {
    const { ids, tokens } = this.#tokenizer.encode(text, { add_special_tokens: false });
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

function specialTokens({ added_tokens: added }: Record<string, unknown>): (string | undefined)[] {
  if (!Array.isArray(added)) return [];
  return (added as Record<string, unknown>[]).filter(({ special }) => special === true).map(textOf);
}

/** Special tokens are written as a string or as an object with their content. */
function textOf(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token !== 'object' || token === null || !('content' in token)) return undefined;
  return typeof token.content === 'string' ? token.content : undefined;
}
