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

/** Cuts words as the field does it: `encode(word)` without BOS, the word at the start of a text. */
export class WordTokenizer {
  readonly #tokenizer: Tokenizer;
  /** Tokens that spell no word: the unknown one, and marks as `<s>`. */
  readonly #wordless: ReadonlySet<string | undefined>;
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
    this.#wordless = new Set([textOf(config['unk_token']), ...specialTokens(definition)]);
  }

  tokens(word: string): WordTokens {
    const known = this.#known.get(word);
    if (known) return known;
    const { ids, tokens } = this.#tokenizer.encode(word, { add_special_tokens: false });
    const isUnknown = tokens.some((token) => this.#wordless.has(token));
    const result = isUnknown ? { ids: [], pieces: [] } : { ids, pieces: tokens };
    this.#known.set(word, result);
    return result;
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
