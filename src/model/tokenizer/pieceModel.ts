import { Model } from '@huggingface/tokenizers';

/** `token_type` of GGUF and of SentencePiece. */
export const pieceTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/** The entries of a vocabulary by id, as SentencePiece and GGUF keep them. */
export interface Pieces {
  /** Empty for a row without a token. */
  readonly texts: readonly string[];
  /** {@link pieceTypes} */
  readonly types: readonly number[];
  /** Of a higher score is merged first, or more likely. */
  readonly scores: readonly number[];
}

/** What a {@link PieceModel} does with symbols that have no token. */
export interface Fallback {
  /** As the tokens `<0x00>` … `<0xFF>`, if the vocabulary has them all. */
  readonly toBytes: boolean;
  /** The token for what is neither; undefined: it is left out. */
  readonly unknown: number | undefined;
}

/** A tokenizer's last step, in place of those of `@huggingface/tokenizers`: cuts texts into tokens in a way of its own. */
export class PieceModel extends Model {
  readonly #cut: (text: string) => readonly string[];
  readonly #toBytes: boolean;

  /**
   * @param texts the vocabulary by id, see {@link Pieces}; of two equal texts, the first counts
   * @param cut the symbols of a text, all of which together are the text
   */
  constructor(
    readonly texts: readonly string[],
    cut: (text: string) => readonly string[],
    { toBytes, unknown }: Fallback,
  ) {
    super({ type: 'BPE' } as ConstructorParameters<typeof Model>[0]);
    this.vocab = [...texts];
    for (let id = texts.length - 1; id >= 0; id--)
      if (texts[id] !== '') this.tokens_to_ids.set(texts[id]!, id);
    const unknownText = unknown === undefined ? undefined : texts[unknown];
    if (unknown !== undefined && unknownText !== undefined) {
      this.unk_token_id = unknown;
      this.unk_token = unknownText;
      this.fuse_unk = true;
    }
    this.#cut = cut;
    this.#toBytes = toBytes;
  }

  override encode(texts: string[]): string[] {
    return texts.flatMap((text) => this.#cut(text)).flatMap((symbol) => this.#tokensOf(symbol));
  }

  #tokensOf(symbol: string): string | string[] {
    if (this.tokens_to_ids.has(symbol)) return symbol;
    const bytes = this.#toBytes ? Array.from(Buffer.from(symbol), byteToken) : [];
    if (bytes.length > 0 && bytes.every((byte) => this.tokens_to_ids.has(byte))) return bytes;
    return this.unk_token ?? [];
  }
}

/** SentencePiece's name of a byte. */
export function byteToken(byte: number): string {
  return `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`;
}
