import type { Normalizer } from '@huggingface/tokenizers';
import { pieceTypes, type PieceModel, type Pieces } from './pieceModel';
import type { TokenizerDefinition } from './tokenizerText';

/** The steps of a tokenizer that is not described by a tokenizer.json. */
export interface PieceSteps {
  readonly normalizer: Normalizer | null;
  /** As in a tokenizer.json. */
  readonly preTokenizer: object | null;
  readonly model: PieceModel;
}

/** A token that is found in a text before anything else is done with it. */
export interface AddedToken {
  readonly id: number;
  readonly content: string;
  readonly special: boolean;
  readonly normalized: boolean;
}

/** In its place of a model it has ours, ready to use. */
export interface PieceDefinition extends TokenizerDefinition {
  readonly added_tokens: readonly AddedToken[];
  readonly model: PieceModel;
}

/**
 * The definition of a tokenizer that is not described by a tokenizer.json.
 *
 * @param whole types of pieces that are added tokens
 */
export function pieceTokenizer(
  { texts, types }: Pieces,
  { normalizer, preTokenizer, model }: PieceSteps,
  whole: readonly number[],
): PieceDefinition {
  const added = texts.flatMap((content, id) =>
    whole.includes(types[id]!) && content !== ''
      ? [{ id, content, special: types[id] !== pieceTypes.userDefined, normalized: false }]
      : [],
  );
  return {
    added_tokens: added,
    ...{ normalizer, pre_tokenizer: preTokenizer, post_processor: null, decoder: null },
    model,
  };
}
