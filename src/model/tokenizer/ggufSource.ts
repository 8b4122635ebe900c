import { ModelError } from '../../errors';
import type { GgufFile } from '../gguf/ggufFile';
import { shown } from '../storage/refusalText';
import { mergeByRank, mergeByScore } from './cutByScore';
import { PieceModel, pieceTypes, type Pieces } from './pieceModel';
import { PieceNormalizer } from './pieceNormalizer';
import { pieceTokenizer } from './pieceTokenizer';
import { splittingRule, type SplittingRule } from './splittingRules';
import type { TokenizerSource } from './tokenizerSource';
import type { TokenizerDefinition } from './tokenizerText';

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
  let texts: readonly string[] | undefined;
  const tokens = (): readonly string[] => (texts ??= tokensOf(file));
  return {
    label: `The tokenizer of ${file.source.label}`,
    get config() {
      return configOf(file, tokens(), rule);
    },
    read: () => (rule ? byteLevel(file, tokens(), rule) : sentencePiece(file, tokens())),
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

/** An empty token has the name that llama.cpp gives it. @throws ModelError if there are none */
function tokensOf(file: GgufFile): string[] {
  const texts = file.strings(`${prefix}.tokens`) ?? [];
  if (texts.length === 0) throw new ModelError(`${file.source.label} has no list of tokens; ${instead}.`);
  return texts.map((text, id) => (text === '' ? `[EMPTY_${id}]` : text));
}

/** What a tokenizer_config.json would say. */
function configOf(
  file: GgufFile,
  texts: readonly string[],
  rule: SplittingRule | undefined,
): TokenizerDefinition {
  const special = (name: string): string | undefined =>
    texts[specialId(file, name, texts.length, rule) ?? -1];
  const unknown = special('unknown');
  const bos = special('bos');
  return {
    ...(unknown !== undefined && { unk_token: unknown }),
    ...(bos !== undefined && { bos_token: bos }),
    add_bos_token: file.boolean(`${prefix}.add_bos_token`) ?? (rule ? (rule.addBos ?? false) : true),
  };
}

/** The id of a special token; of SentencePiece's, llama.cpp knows LLaMA's ids by heart. */
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

function sentencePiece(file: GgufFile, texts: readonly string[]): TokenizerDefinition {
  const scores = listOf(file, 'scores', texts.length);
  if (!scores) throw new ModelError(`${file.source.label} has no scores of its tokens; ${instead}.`);
  const pieces = { texts, scores, types: typesOf(file, texts.length) };
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
  file: GgufFile,
  texts: readonly string[],
  { patterns, wholeTokens = false }: SplittingRule,
): TokenizerDefinition {
  const merges = file.strings(`${prefix}.merges`);
  if (!merges) throw new ModelError(`${file.source.label} has no merges of its tokens; ${instead}.`);
  const types = typesOf(file, texts.length);
  const pieces: Pieces = { texts, types, scores: [] };
  const unknown = specialId(file, 'unknown', texts.length, { patterns });
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
  const model = new PieceModel(texts, cut, { toBytes: false, unknown });
  return pieceTokenizer(pieces, { normalizer: null, preTokenizer, model }, wholeTypes);
}

/** The tokens of a file by id, and their types. @throws ModelError if there are none, or too few types */
export function ggufTokens(file: GgufFile): Pick<Pieces, 'texts'> & { readonly types: readonly number[] } {
  const texts = tokensOf(file);
  return { texts, types: typesOf(file, texts.length) };
}

/** All tokens are normal ones if the file does not say otherwise. */
function typesOf(file: GgufFile, count: number): readonly number[] {
  return listOf(file, 'token_type', count) ?? new Array<number>(count).fill(pieceTypes.normal);
}

/** A number for each token; undefined if there is no list. @throws ModelError if it is shorter than that of the tokens */
function listOf(file: GgufFile, name: string, count: number): number[] | undefined {
  const list = file.numbers(`${prefix}.${name}`);
  if (!list || list.length >= count) return list;
  throw new ModelError(
    `${file.source.label} has ${count} tokens, but only ${list.length} of the list ${name}; ${instead}.`,
  );
}
