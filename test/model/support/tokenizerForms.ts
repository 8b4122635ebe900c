import type { MetadataValue } from './writeGguf';

/** What the forms below need of a tokenizer.json. */
export interface TokenizerJson {
  readonly added_tokens: readonly {
    readonly id: number;
    readonly content: string;
    readonly special: boolean;
  }[];
  readonly model: {
    readonly unk_token: string | null;
    readonly vocab: Readonly<Record<string, number>>;
    readonly merges: readonly (string | readonly string[])[];
  };
}

/** Ids of the tokenizer's special tokens, and whether BOS comes before every text. */
export interface SpecialIds {
  readonly bos?: number;
  readonly eos?: number;
  readonly addBos?: boolean;
}

/** `token_type` of GGUF and of SentencePiece, which have the same numbers. */
export const tokenTypes = { normal: 1, unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 };

/** A piece as SentencePiece keeps it. */
export interface Piece {
  readonly text: string;
  readonly score: number;
  readonly type: number;
}

/**
 * The pieces of a tokenizer.json by id. What a merge forms has the score of the first one that forms it, so that SentencePiece
 * merges in the same order; all others have the score 0, as in LLaMA-2's tokenizer.model.
 */
export function piecesOf({ added_tokens: added, model }: TokenizerJson): Piece[] {
  const scores = new Map<string, number>();
  model.merges.forEach((merge, rank) => {
    const whole = (typeof merge === 'string' ? merge.split(' ') : merge).join('');
    if (!scores.has(whole)) scores.set(whole, -rank - 1);
  });
  const types = new Map(
    added.map(({ content, special }) => [content, special ? 'control' : 'userDefined'] as const),
  );
  const texts = [...Object.entries(model.vocab), ...added.map(({ content, id }) => [content, id] as const)];
  const pieces: Piece[] = [];
  for (const [text, id] of texts) {
    const isByte = /^<0x[0-9A-F]{2}>$/u.test(text);
    const type = text === model.unk_token ? 'unknown' : (types.get(text) ?? (isByte ? 'byte' : 'normal'));
    pieces[id] = { text, score: scores.get(text) ?? 0, type: tokenTypes[type] };
  }
  return pieces;
}

/** GGUF metadata of a SentencePiece tokenizer, as llama.cpp's converter writes it from a `tokenizer.model`. */
export function ggufSentencePiece(
  definition: TokenizerJson,
  { bos = 1, eos = 2, addBos = true }: SpecialIds = {},
): Record<string, MetadataValue> {
  const pieces = piecesOf(definition);
  const unknown = pieces.findIndex(({ type }) => type === tokenTypes.unknown);
  return {
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.pre': 'default',
    'tokenizer.ggml.tokens': pieces.map(({ text }) => text),
    'tokenizer.ggml.scores': { f32: pieces.map(({ score }) => score) },
    'tokenizer.ggml.token_type': { i32: pieces.map(({ type }) => type) },
    'tokenizer.ggml.bos_token_id': { u32: bos },
    'tokenizer.ggml.eos_token_id': { u32: eos },
    ...(unknown >= 0 && { 'tokenizer.ggml.unknown_token_id': { u32: unknown } }),
    'tokenizer.ggml.add_bos_token': addBos,
    'tokenizer.ggml.add_space_prefix': true,
  };
}

/** GGUF metadata of a byte-level BPE tokenizer. @param pre the name of its splitting rule, such as `llama-bpe` */
export function ggufByteLevel(
  definition: TokenizerJson,
  pre: string,
  { bos = 1, eos = 2, addBos = false }: SpecialIds = {},
): Record<string, MetadataValue> {
  const pieces = piecesOf(definition);
  return {
    'tokenizer.ggml.model': 'gpt2',
    'tokenizer.ggml.pre': pre,
    'tokenizer.ggml.tokens': pieces.map(({ text }) => text),
    'tokenizer.ggml.token_type': { i32: pieces.map(({ type }) => type) },
    'tokenizer.ggml.merges': definition.model.merges.map((merge) =>
      typeof merge === 'string' ? merge : merge.join(' '),
    ),
    'tokenizer.ggml.bos_token_id': { u32: bos },
    'tokenizer.ggml.eos_token_id': { u32: eos },
    'tokenizer.ggml.add_bos_token': addBos,
  };
}

/** What `trainer_spec` and `normalizer_spec` of sentencepiece_model.proto say; LLaMA-2's by default. */
export interface SentencePieceOptions extends SpecialIds {
  /** 1 is unigram, 2 BPE, 3 word, 4 char. */
  readonly modelType?: number;
  readonly byteFallback?: boolean;
  readonly whitespaceAsSuffix?: boolean;
  readonly normalizer?: string;
  readonly charsmap?: Uint8Array;
  readonly dummyPrefix?: boolean;
  readonly removeExtraWhitespaces?: boolean;
  readonly escapeWhitespaces?: boolean;
}

/** The bytes of a `tokenizer.model` (sentencepiece_model.proto). */
export function sentencePieceModel(pieces: readonly Piece[], options: SentencePieceOptions = {}): Buffer {
  const { modelType = 2, byteFallback = true, whitespaceAsSuffix = false, bos = 1, eos = 2 } = options;
  const { normalizer = 'identity', charsmap } = options;
  const { dummyPrefix = true, removeExtraWhitespaces = false, escapeWhitespaces = true } = options;
  const unknown = pieces.findIndex(({ type }) => type === tokenTypes.unknown);
  const trainer = [
    ...[varint(3, modelType), varint(4, pieces.length), varint(24, Number(whitespaceAsSuffix))],
    ...[
      varint(35, Number(byteFallback)),
      varint(40, unknown),
      varint(41, bos),
      varint(42, eos),
      varint(43, -1),
    ],
  ];
  const rules = [
    ...[bytes(1, Buffer.from(normalizer)), ...(charsmap ? [bytes(2, charsmap)] : [])],
    ...[varint(3, Number(dummyPrefix)), varint(4, Number(removeExtraWhitespaces))],
    varint(5, Number(escapeWhitespaces)),
  ];
  return Buffer.concat([
    ...pieces.map(({ text, score, type }) =>
      bytes(1, Buffer.concat([bytes(1, Buffer.from(text)), float(2, score), varint(3, type)])),
    ),
    bytes(2, Buffer.concat(trainer)),
    bytes(3, Buffer.concat(rules)),
  ]);
}

/** Negative numbers take ten bytes, as protobuf writes an int32. */
function varint(field: number, value: number): Buffer {
  return Buffer.concat([plainVarint(BigInt(field * 8)), plainVarint(BigInt.asUintN(64, BigInt(value)))]);
}

function bytes(field: number, value: Uint8Array): Buffer {
  return Buffer.concat([plainVarint(BigInt(field * 8 + 2)), plainVarint(BigInt(value.length)), value]);
}

function float(field: number, value: number): Buffer {
  const number = Buffer.alloc(4);
  number.writeFloatLE(value);
  return Buffer.concat([plainVarint(BigInt(field * 8 + 5)), number]);
}

function plainVarint(value: bigint): Buffer {
  const groups: number[] = [];
  let rest = value;
  do {
    groups.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return Buffer.from(groups);
}
