import { Normalizer } from '@huggingface/tokenizers';
import type { Charsmap } from './charsmap';
import { splitAtPieces } from './wholePieces';

/** The mark that SentencePiece writes for a space. */
const mark = '▁';

/** SentencePiece's `normalizer_spec`. */
export interface PieceNormalization {
  /** Whether a space is put before every text. */
  readonly dummyPrefix: boolean;
  /** Whether spaces at both ends are removed, and several in a row are one. */
  readonly removeExtraWhitespaces: boolean;
  /** Rules that replace characters; undefined: none. */
  readonly charsmap: Charsmap | undefined;
  /** Pieces in which nothing is replaced. */
  readonly keep: ReadonlySet<string>;
}

/** A tokenizer's first step, which prepares a text as SentencePiece does. */
export class PieceNormalizer extends Normalizer {
  readonly #rules: PieceNormalization;

  constructor(rules: PieceNormalization) {
    super({ type: 'Sequence' } as ConstructorParameters<typeof Normalizer>[0]);
    this.#rules = rules;
  }

  override normalize(text: string): string {
    const { dummyPrefix, removeExtraWhitespaces } = this.#rules;
    const replaced = this.#replaced(text);
    const trimmed = removeExtraWhitespaces ? replaced.replace(/^ +/u, '').replace(/ {2,}/gu, ' ') : replaced;
    if (removeExtraWhitespaces && /^ *$/u.test(trimmed)) return '';
    const marked = (dummyPrefix ? mark : '') + trimmed.replaceAll(' ', mark);
    return removeExtraWhitespaces ? marked.replace(/▁+$/u, '') : marked;
  }

  #replaced(text: string): string {
    const { charsmap, keep } = this.#rules;
    if (!charsmap) return text;
    return splitAtPieces(text, keep)
      .map(([part, isPiece]) => (isPiece ? part : charsmap(part)))
      .join('');
  }
}
