/** A `tokenizer.json` of Hugging Face's tokenizers. */
export type TokenizerDefinition = Readonly<Record<string, unknown>>;

/** Words of letters: a LLaMA-family normaliser brings them into a Unicode form at most, and cuts nothing off. */
const plainWord = /^\p{L}[\p{L}\p{M}]*$/u;
const unicodeForms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/** What byte fallback spells unknown characters with. */
const byteToken = /^<0x[0-9A-F]{2}>$/u;

/**
 * The definition with only the merges and tokens that can ever apply within these words: byte-pair encoding joins
 * neighbours, so what is no part of a word cannot come up in it. The cut of these words stays exactly the same, and a
 * tokenizer made from it is ready several times sooner. `undefined` where that is not certain: words that a normaliser
 * might change, another kind of model, or marks at the end of words.
 */
export function withRelevantVocabulary(
  definition: TokenizerDefinition,
  words: readonly string[],
): TokenizerDefinition | undefined {
  const { model } = definition;
  if (!isObject(model) || model['type'] !== 'BPE') return undefined;
  const {
    merges,
    vocab,
    unk_token: unknown,
    end_of_word_suffix: end,
    continuing_subword_suffix: inner,
  } = model;
  if (!Array.isArray(merges) || !isObject(vocab) || end || inner) return undefined;
  if (!words.every((word) => plainWord.test(word))) return undefined;
  const parts = partsOf(new Set(words.flatMap(spellings)));
  const isRelevant = (piece: string): boolean =>
    parts.has(piece) || piece === unknown || (piece.startsWith('<0x') && byteToken.test(piece));
  const relevant: Record<string, unknown> = {};
  for (const piece in vocab) if (isRelevant(piece)) relevant[piece] = vocab[piece];
  return {
    ...definition,
    model: { ...model, vocab: relevant, merges: merges.filter((merge) => parts.has(resultOf(merge))) },
  };
}

/** Merges are written as "a b" or as ["a", "b"]. */
function resultOf(merge: unknown): string {
  if (Array.isArray(merge)) return merge.join('');
  return typeof merge === 'string' ? merge.replace(' ', '') : '';
}

/** How vocabularies of either kind may spell a word after a space. */
function spellings(word: string): string[] {
  const forms = new Set([word, ...unicodeForms.map((form) => word.normalize(form))]);
  return [...forms].flatMap((form) => [`▁${form}`, ` ${form}`, inByteAlphabet(` ${form}`)]);
}

/** The visible characters that byte-level vocabularies (GPT-2's and Llama 3's) write for the bytes 0…255. */
const byteAlphabet = visibleBytes();

function inByteAlphabet(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => byteAlphabet[byte]!).join('');
}

/** Printable Latin-1 stands for itself, the other bytes take characters from 256 on. */
function visibleBytes(): readonly string[] {
  const isPrintable = (byte: number): boolean =>
    (byte > 32 && byte < 127) || (byte > 160 && byte < 256 && byte !== 173);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCharCode(isPrintable(byte) ? byte : next++));
}

function partsOf(texts: Iterable<string>): ReadonlySet<string> {
  const parts = new Set<string>();
  const ends = new Set<string>();
  for (const text of texts) {
    // The parts of an end that came up before are all there: spellings of a word differ in what stands before it.
    for (let start = 0; start < text.length && !ends.has(text.slice(start)); start++) {
      ends.add(text.slice(start));
      for (let end = start + 1; end <= text.length; end++) parts.add(text.slice(start, end));
    }
  }
  return parts;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
