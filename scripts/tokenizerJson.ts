import type { CheckpointPiece } from './checkpoint';

const unknown = { id: 0, content: '<unk>' };
const begin = { id: 1, content: '<s>' };
const end = { id: 2, content: '</s>' };
const specials = [unknown, begin, end];
/** Ids 3 … 258 stand for the 256 bytes, for characters without a piece of their own. */
const firstByte = 3;
const firstText = firstByte + 256;

/** A piece as in SentencePiece: its text with `▁` for a space. */
interface Piece {
  readonly id: number;
  readonly text: string;
  readonly score: number;
}

/**
 * LLaMA-2's tokenizer.json, built from its pieces and their scores as Hugging Face builds it from tokenizer.model: BPE with
 * byte fallback. Throws if the pieces are not LLaMA-2's (no special pieces or bytes at the start).
 */
export function tokenizerJson(vocabulary: readonly CheckpointPiece[]): object {
  const pieces = restorePieces(vocabulary);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: specials.map(({ id, content }) => ({ id, ...addedToken(content), special: true })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Prepend', prepend: '▁' },
        { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
      ],
    },
    pre_tokenizer: null,
    post_processor: {
      type: 'TemplateProcessing',
      single: [templatePart(begin.content, 0), { Sequence: { id: 'A', type_id: 0 } }],
      pair: [
        templatePart(begin.content, 0),
        { Sequence: { id: 'A', type_id: 0 } },
        templatePart(begin.content, 1),
        { Sequence: { id: 'B', type_id: 1 } },
      ],
      special_tokens: { [begin.content]: { id: begin.content, ids: [begin.id], tokens: [begin.content] } },
    },
    decoder: {
      type: 'Sequence',
      decoders: [
        { type: 'Replace', pattern: { String: '▁' }, content: ' ' },
        { type: 'ByteFallback' },
        { type: 'Fuse' },
        { type: 'Strip', content: ' ', start: 1, stop: 0 },
      ],
    },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: unknown.content,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(pieces.map(({ id, text }) => [text, id])),
      merges: merges(pieces.slice(firstText)),
    },
  };
}

/** The matching tokenizer_config.json, as LLaMA-2's own except for the length. */
export function tokenizerConfigJson(contextLength: number): object {
  const described = (content: string) => ({ __type: 'AddedToken', ...addedToken(content) });
  return {
    add_bos_token: true,
    add_eos_token: false,
    added_tokens_decoder: Object.fromEntries(
      specials.map(({ id, content }) => [id, { ...addedToken(content), special: true }]),
    ),
    bos_token: described(begin.content),
    clean_up_tokenization_spaces: false,
    eos_token: described(end.content),
    legacy: false,
    model_max_length: contextLength,
    pad_token: null,
    padding_side: 'right',
    sp_model_kwargs: {},
    tokenizer_class: 'LlamaTokenizer',
    unk_token: described(unknown.content),
  };
}

function addedToken(content: string): object {
  return { content, single_word: false, lstrip: false, rstrip: false, normalized: false };
}

function templatePart(id: string, typeId: number): object {
  return { SpecialToken: { id, type_id: typeId } };
}

/** tokenizer.bin writes the special pieces with newlines around them, the bytes as characters and `▁` as a space. */
function restorePieces(vocabulary: readonly CheckpointPiece[]): Piece[] {
  const fits =
    specials.every(({ id, content }) => vocabulary[id]?.text.trim() === content) &&
    Array.from(
      { length: 256 },
      (_, byte) => vocabulary[firstByte + byte]?.text === String.fromCharCode(byte),
    ).every(Boolean);
  if (!fits)
    throw new Error('tokenizer.bin does not start with <unk>, <s>, </s> and the 256 bytes as LLaMA-2 does.');
  return vocabulary.map(({ text, score }, id) => ({ id, score, text: restoredText(id, text) }));
}

function restoredText(id: number, text: string): string {
  if (id < firstByte) return text.trim();
  if (id < firstText) return `<0x${(id - firstByte).toString(16).toUpperCase().padStart(2, '0')}>`;
  return text.replaceAll(' ', '▁');
}

/**
 * Every way to form a piece from two other pieces, in merge order: by the score of the whole, then by the ids of the parts.
 * This is the order of LLaMA-2's own tokenizer.json, from the first SentencePieceExtractor; later versions order the ways
 * of one piece differently, which does not affect the tokens.
 */
function merges(pieces: readonly Piece[]): string[] {
  const byText = new Map(pieces.map((piece) => [piece.text, piece]));
  const all = pieces.flatMap(({ text, score }) => {
    const characters = Array.from(text);
    return characters.slice(1).flatMap((_, before) => {
      const left = byText.get(characters.slice(0, before + 1).join(''));
      const right = byText.get(characters.slice(before + 1).join(''));
      return left && right ? [{ left, right, score }] : [];
    });
  });
  all.sort((a, b) => b.score - a.score || a.left.id - b.left.id || a.right.id - b.right.id);
  return all.map(({ left, right }) => `${left.text} ${right.text}`);
}
