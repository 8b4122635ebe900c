import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ModelError } from '../../errors';
import { isObject } from '../isObject';
import { readJsonObject } from '../jsonFile';
import { readRegularFile } from '../storage/regularFile';
import { shown } from '../storage/refusalText';
import { readCharsmap } from './charsmap';
import { mostLikelyCut } from './cutByLikelihood';
import { mergeByScore } from './cutByScore';
import { largestTokenizer, tokenizerConfig } from './jsonSource';
import { PieceModel, pieceTypes } from './pieceModel';
import { PieceNormalizer } from './pieceNormalizer';
import { pieceTokenizer, type AddedToken } from './pieceTokenizer';
import { readSentencePieceFile, type SentencePieceFile } from './sentencePieceFile';
import type { TokenizerSource } from './tokenizerSource';
import type { TokenizerDefinition } from './tokenizerText';
import { aroundPieces } from './wholePieces';

/** Values of `model_type`. */
const [unigram, bpe] = [1, 2];

/** Types of pieces that are only written by their name. */
const namedTypes = [pieceTypes.unknown, pieceTypes.control];

const instead = 'copy tokenizer.json from the model’s page on the Hub';

/**
 * A folder's `tokenizer.model`, as SentencePiece itself cuts texts, with the special tokens that transformers adds according
 * to `tokenizer_config.json` and `added_tokens.json`.
 *
 * @throws ModelError if it cannot be used
 */
export function sentencePieceSource(folder: string): TokenizerSource {
  const label = `tokenizer.model of ${basename(folder)}`;
  const bytes = readRegularFile(join(folder, 'tokenizer.model'), label, largestTokenizer);
  const stated = tokenizerConfig(folder);
  let file: SentencePieceFile | undefined;
  const opened = (): SentencePieceFile => (file ??= supported(readSentencePieceFile(bytes, label), label));
  return {
    label,
    get config() {
      const { texts, types, trainer } = opened();
      const unknown = types.indexOf(pieceTypes.unknown);
      return { unk_token: texts[unknown], bos_token: texts[trainer.bos], add_bos_token: true, ...stated };
    },
    read: () => definitionOf(opened(), addedTokens(folder, stated)),
  };
}

/** @throws ModelError if SentencePiece would do something with texts that is not done here */
function supported(file: SentencePieceFile, label: string): SentencePieceFile {
  const { trainer, normalizer } = file;
  const refuse = (what: string): never => {
    throw new ModelError(`${label} ${what}, which cannot be used here; ${instead}.`);
  };
  if (trainer.modelType !== unigram && trainer.modelType !== bpe)
    refuse(`cuts texts into ${trainer.modelType === 3 ? 'words' : 'characters'}`);
  if (trainer.spacesAtEnd || !normalizer.escapeWhitespaces) refuse('marks spaces in an unusual way');
  if (normalizer.charsmap.length > 0 && !readCharsmap(normalizer.charsmap))
    refuse(`has damaged rules ${shown(normalizer.name)}`);
  return file;
}

function definitionOf(file: SentencePieceFile, added: readonly AddedToken[]): TokenizerDefinition {
  const { texts, types, trainer, normalizer: rules } = file;
  const whole = new Set(texts.filter((_, id) => types[id] === pieceTypes.userDefined));
  const normalizer = new PieceNormalizer({
    ...{ dummyPrefix: rules.dummyPrefix, removeExtraWhitespaces: rules.removeExtraWhitespaces },
    ...{ charsmap: readCharsmap(rules.charsmap), keep: whole },
  });
  const cut = trainer.modelType === bpe ? aroundPieces(mergeByScore(file, true), whole) : mostLikelyCut(file);
  const unknown = types.indexOf(pieceTypes.unknown);
  const model = new PieceModel(texts, cut, {
    toBytes: trainer.byteFallback,
    unknown: unknown < 0 ? undefined : unknown,
  });
  const definition = pieceTokenizer(file, { normalizer, preTokenizer: null, model }, namedTypes);
  const beyond = added.filter(({ id }) => id >= texts.length);
  return { ...definition, added_tokens: [...definition.added_tokens, ...beyond] };
}

/** Tokens that transformers adds to those of the file. */
function addedTokens(folder: string, config: TokenizerDefinition): AddedToken[] {
  const path = join(folder, 'added_tokens.json');
  const listed = existsSync(path)
    ? Object.entries(readJsonObject(path, `added_tokens.json of ${basename(folder)}`))
    : [];
  const decoder = config['added_tokens_decoder'];
  const described = isObject(decoder) ? Object.entries(decoder) : [];
  const all: Readonly<Record<string, unknown>>[] = [
    ...listed.map(([content, id]) => ({ content, id, special: false, normalized: false })),
    ...described.map(([id, token]) => ({ ...(isObject(token) ? token : {}), id: Number(id) })),
  ];
  // The tokenizer library reads their other properties, which are optional.
  return all.filter((token) => isAddedToken(token)) as unknown as AddedToken[];
}

function isAddedToken({ id, content }: Readonly<Record<string, unknown>>): boolean {
  return Number.isInteger(id) && typeof content === 'string' && content !== '';
}
