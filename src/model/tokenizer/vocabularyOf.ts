import { isObject } from '../isObject';
import { PieceModel } from './pieceModel';
import { tokenText, type TokenizerDefinition } from './tokenizerText';

export type Token = readonly [id: number, piece: string];

/** All tokens of a definition. Added ones come last, because they replace others with the same id. */
export function tokensOf(definition: TokenizerDefinition, config: TokenizerDefinition): readonly Token[] {
  return [...ownTokens(definition['model']).filter(isToken), ...addedTokensOf(definition, config)];
}

function ownTokens(model: unknown): readonly (readonly [id: unknown, piece: unknown])[] {
  if (model instanceof PieceModel) return model.texts.map((text, id) => [id, text === '' ? undefined : text]);
  const vocab = typeof model === 'object' && model !== null && 'vocab' in model ? model.vocab : undefined;
  // Unigram models list [piece, score] in the order of ids.
  if (Array.isArray(vocab))
    return vocab.map((entry: unknown, id) => [id, Array.isArray(entry) ? entry[0] : undefined]);
  return Object.entries(vocab ?? {}).map(([piece, id]) => [id, piece]);
}

/** Includes those of the tokenizer's configuration, which newer versions of transformers add when loading. */
export function addedTokensOf(
  { added_tokens: added }: TokenizerDefinition,
  config: TokenizerDefinition,
): readonly Token[] {
  const decoder: unknown = config['added_tokens_decoder'];
  const configured = isObject(decoder)
    ? Object.entries(decoder).map(([id, token]) => [Number(id), tokenText(token)] as const)
    : [];
  const listed = Array.isArray(added)
    ? added.filter(isObject).map(({ id, content }) => [id, content] as const)
    : [];
  return [...configured, ...listed].filter(isToken);
}

function isToken(entry: readonly [id: unknown, piece: unknown]): entry is Token {
  return Number.isInteger(entry[0]) && typeof entry[1] === 'string';
}
