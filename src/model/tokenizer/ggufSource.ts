import { ModelError } from '../../errors';
import { decodedText } from '../gguf/ggufCursor';
import type { GgufFile } from '../gguf/ggufFile';
import { shown } from '../storage/refusalText';
import { mergeByRank, mergeByScore } from './cutByScore';
import { PieceModel, pieceTypes, type Pieces } from './pieceModel';
import { PieceNormalizer } from './pieceNormalizer';
import { pieceTokenizer, type PieceDefinition } from './pieceTokenizer';
import { partsOfWords } from './relevantVocabulary';
import { splittingRule, type SplittingRule } from './splittingRules';
import type { TokenizerSource } from './tokenizerSource';
import { encoded, type TokenizerDefinition } from './tokenizerText';

const prefix = 'tokenizer.ggml';

/** What to do if a file's own tokenizer cannot be used. */
const instead = 'put the model’s tokenizer.json beside it';

/** Types of tokens that are found in a text before it is cut. */
const wholeTypes = [pieceTypes.unknown, pieceTypes.control, pieceTypes.userDefined];

/** Whether a GGUF file describes a tokenizer. */
export function hasTokenizer(file: GgufFile): boolean {
  return file.metadata.get(`${prefix}.tokens`)?.type === 'strings';
}

/**
 * The tokenizer that a GGUF file describes in its metadata, with the rules and defaults of llama.cpp: SentencePiece's BPE
 * (`tokenizer.ggml.model` = `llama`) or byte-level BPE (`gpt2`).
 *
 * @throws ModelError if it is of another kind
 */
export function ggufSource(file: GgufFile): TokenizerSource {
  const kind = file.string(`${prefix}.model`) ?? 'none';
  if (kind !== 'llama' && kind !== 'gpt2')
    throw new ModelError(
      `${file.source.label} has a tokenizer of the kind ${shown(kind)}, which cannot be read from it; ${instead}.`,
    );
  const rule = kind === 'gpt2' ? ruleOf(file) : undefined;
  let tokens: GgufTokens | undefined;
  const opened = (): GgufTokens => (tokens ??= ggufTokens(file));
  const define = (pieces: Pieces, parts: ReadonlySet<string> | undefined): PieceDefinition =>
    rule ? byteLevel(pieces, mergesOf(file, parts), rule) : sentencePiece(file, pieces);
  return {
    label: `The tokenizer of ${file.source.label}`,
    get config() {
      return configOf(file, opened().encoded, rule);
    },
    read: () => define(ggufPieces(opened(), undefined), undefined),
    readFor: (words) => {
      const parts = partsOfWords(words);
      const definition = parts && define(ggufPieces(opened(), parts), parts);
      const isCut = definition?.added_tokens.some(({ content }) => parts!.has(encoded(content)));
      return definition && !isCut ? { definition, ids: idsOf(opened()) } : undefined;
    },
  };
}

/** @throws ModelError if the rule is not known */
function ruleOf(file: GgufFile): SplittingRule {
  // Files from before the rules had names, which llama.cpp reads in the same way.
  const name = file.string(`${prefix}.pre`) ?? 'default';
  const rule = splittingRule(name);
  if (rule) return rule;
  throw new ModelError(
    `${file.source.label} splits texts by the rule ${shown(name)}, which is not known here; ${instead}.`,
  );
}

/** The tokens of a file by id. */
interface GgufTokens {
  /** Bytes of one character each. */
  readonly encoded: readonly string[];
  readonly types: readonly number[];
  /** Empty if the file has none. */
  readonly scores: readonly number[];
}

/** @throws ModelError if a file has no tokens, or too few types or scores */
export function ggufTokens(file: GgufFile): GgufTokens {
  const texts = file.encodedStrings(`${prefix}.tokens`) ?? [];
  if (texts.length === 0) throw new ModelError(`${file.source.label} has no list of tokens; ${instead}.`);
  // All tokens are normal ones if the file does not say otherwise.
  const types = listOf(file, 'token_type', texts.length) ?? texts.map(() => pieceTypes.normal);
  return { encoded: texts, types, scores: listOf(file, 'scores', texts.length) ?? [] };
}

/** @param parts the only normal tokens that are wanted; undefined: all */
export function ggufPieces(
  { encoded: texts, types, scores }: GgufTokens,
  parts: ReadonlySet<string> | undefined,
): Pieces {
  const isWanted = (text: string, id: number): boolean =>
    !parts || parts.has(text) || types[id] !== pieceTypes.normal || isByteToken(text);
  return {
    texts: texts.map((text, id) => (isWanted(text, id) ? named(decodedText(text), id, types[id]!) : '')),
    types,
    scores,
  };
}

function idsOf({ encoded: texts, types }: GgufTokens): number[] {
  return texts.flatMap((text, id) => (named(text, id, types[id]!) === '' ? [] : id));
}

/** Files without types have these among their normal tokens. */
function isByteToken(text: string): boolean {
  return text.startsWith('<0x') && text.endsWith('>');
}

/**
 * llama.cpp's converter gives every row of the head a token: rows without one become unused tokens such as `[PAD32000]`. An
 * empty token has the name that llama.cpp gives it when it reads a file.
 */
function named(text: string, id: number, type: number): string {
  if (type === pieceTypes.unused && text === `[PAD${id}]`) return '';
  return text === '' ? `[EMPTY_${id}]` : text;
}

/** @param parts only merges of these are wanted; undefined: all. @throws ModelError if the file has none */
function mergesOf(file: GgufFile, parts: ReadonlySet<string> | undefined): string[] {
  const merges = file.encodedStrings(`${prefix}.merges`);
  if (!merges) throw new ModelError(`${file.source.label} has no merges of its tokens; ${instead}.`);
  const isWanted = (merge: string): boolean => {
    const space = merge.indexOf(' ', 1);
    // Every prefix of a part is a part, which rules out most merges quickly.
    return parts!.has(merge.slice(0, space)) && parts!.has(merge.slice(0, space) + merge.slice(space + 1));
  };
  return (parts ? merges.filter(isWanted) : merges).map(decodedText);
}

/** What a tokenizer_config.json would say. */
function configOf(
  file: GgufFile,
  texts: readonly string[],
  rule: SplittingRule | undefined,
): TokenizerDefinition {
  const special = (name: string): string | undefined => {
    const id = specialId(file, name, texts.length, rule);
    return id === undefined ? undefined : decodedText(texts[id]!);
  };
  const unknown = special('unknown');
  const bos = special('bos');
  return {
    ...(unknown !== undefined && { unk_token: unknown }),
    ...(bos !== undefined && { bos_token: bos }),
    add_bos_token: file.boolean(`${prefix}.add_bos_token`) ?? (rule ? (rule.addBos ?? false) : true),
  };
}

/** The id of a special token; for SentencePiece, llama.cpp falls back to LLaMA's ids. */
function specialId(
  file: GgufFile,
  name: string,
  count: number,
  rule: SplittingRule | undefined,
): number | undefined {
  const usual = rule ? undefined : { unknown: 0, bos: 1 }[name];
  const stated = file.number(`${prefix}.${name}_token_id`);
  const id = stated !== undefined && stated < count ? stated : usual;
  return id !== undefined && id < count ? id : undefined;
}

function sentencePiece(file: GgufFile, pieces: Pieces): PieceDefinition {
  const { texts, scores } = pieces;
  if (scores.length === 0)
    throw new ModelError(`${file.source.label} has no scores of its tokens; ${instead}.`);
  const model = new PieceModel(texts, mergeByScore(pieces, false), {
    toBytes: true,
    unknown: specialId(file, 'unknown', texts.length, undefined),
  });
  const dummyPrefix = file.boolean(`${prefix}.add_space_prefix`) ?? true;
  const normalizer = new PieceNormalizer({
    ...{ dummyPrefix, removeExtraWhitespaces: false, charsmap: undefined, keep: new Set() },
  });
  return pieceTokenizer(pieces, { normalizer, preTokenizer: null, model }, wholeTypes);
}

function byteLevel(
  pieces: Pieces,
  merges: readonly string[],
  { patterns, wholeTokens = false }: SplittingRule,
): PieceDefinition {
  const { texts } = pieces;
  const known = new Set(texts);
  const merge = mergeByRank(merges);
  const cut = (text: string): string[] =>
    wholeTokens && known.has(text)
      ? [text]
      : // A merge may form what is not a token.
        merge(text).flatMap((symbol) => (known.has(symbol) ? symbol : Array.from(symbol)));
  const preTokenizer = {
    type: 'Sequence',
    pretokenizers: [
      ...patterns.map((pattern) => ({ type: 'Split', pattern: { Regex: pattern }, behavior: 'Isolated' })),
      { type: 'ByteLevel', add_prefix_space: false, use_regex: false },
    ],
  };
  const model = new PieceModel(texts, cut, { toBytes: false, unknown: undefined });
  return pieceTokenizer(pieces, { normalizer: null, preTokenizer, model }, wholeTypes);
}

/** A number for each token; undefined if there is no list. @throws ModelError if it is shorter than that of the tokens */
function listOf(file: GgufFile, name: string, count: number): number[] | undefined {
  const list = file.numbers(`${prefix}.${name}`);
  if (!list || list.length >= count) return list;
  throw new ModelError(
    `${file.source.label} has ${count} tokens, but only ${list.length} of the list ${name}; ${instead}.`,
  );
}
