/** A `tokenizer.json` of Hugging Face's tokenizers. */
export type TokenizerDefinition = Readonly<Record<string, unknown>>;

/** Words of letters: a LLaMA-family normaliser brings them into a Unicode form at most, and cuts nothing off. */
const plainWord = /^\p{L}[\p{L}\p{M}]*$/u;
const unicodeForms = ['NFC', 'NFD', 'NFKC', 'NFKD'] as const;

/**
 * The definition with only the merges and tokens that can ever apply within these words: byte-pair encoding joins
 * neighbours, so what is no part of a word cannot come up in it. The cut of these words stays exactly the same, and a
 * tokenizer made from it is ready several times sooner. The two long lists are gone through as text: of 100,000 strings
 * few are wanted.
 *
 * @param json the file's bytes
 * @returns `undefined` where that is not certain: words that a normaliser might change, another kind of model, marks at
 * the end of words, or a file that is written in another way
 */
export function withRelevantVocabulary(
  json: Buffer,
  words: readonly string[],
): TokenizerDefinition | undefined {
  if (!words.every((word) => plainWord.test(word))) return undefined;
  const text = asWritten(json);
  if (text === undefined) return undefined;
  const parts = partsOf(new Set(words.flatMap(spellings).map(encoded)));
  try {
    const vocab = readVocab(text, parts);
    const merges = readMerges(text, parts);
    return vocab && merges && withLists(text, vocab, merges);
  } catch (error) {
    // Millions of escapes in one string are too many for an expression.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Bytes as characters: what is passed over is not even decoded. Where letters are spelt by their number the whole is
 * parsed and written anew. `undefined` if that is no JSON.
 */
function asWritten(json: Buffer): string | undefined {
  const text = json.toString('latin1');
  if (!text.includes('\\u')) return text;
  try {
    return encoded(JSON.stringify(JSON.parse(json.toString())));
  } catch {
    return undefined;
  }
}

/** A list of the file: where it stands, and what is wanted of it. */
interface ReadList<T> {
  readonly start: number;
  readonly end: number;
  readonly wanted: T;
}

/** One entry after the other, and what comes after it. Strings are matched without a way back: a long one is no harder. */
const tokenEntry = /\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*:\s*(\d+)\s*([,}])/y;
const mergeEntry = /\s*"([^" \\]*(?:\\.[^" \\]*)*) ([^" \\]*(?:\\.[^" \\]*)*)"\s*([,\]])/y;
const pairEntry = /\s*\[\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*,\s*"([^"\\]*(?:\\.[^"\\]*)*)"\s*\]\s*([,\]])/y;

function readVocab(text: string, parts: ReadonlySet<string>): ReadList<Record<string, number>> | undefined {
  const start = endOf(/"vocab"\s*:\s*\{/u, text);
  const wanted: Record<string, number> = {};
  const end = eachEntry(tokenEntry, '}', text, start, (piece, id) => {
    // Marks as <unk> and the bytes <0x0A> cut every text.
    if (parts.has(piece) || (piece.startsWith('<') && piece.endsWith('>')))
      wanted[decoded(piece)] = Number(id);
  });
  return end === undefined ? undefined : { start, end, wanted };
}

/** Merges are written as "a b" or as ["a", "b"]. */
function readMerges(
  text: string,
  parts: ReadonlySet<string>,
): ReadList<readonly (readonly string[])[]> | undefined {
  const start = endOf(/"merges"\s*:\s*\[/u, text);
  const wanted: string[][] = [];
  const isPair = /\s*\[/y;
  isPair.lastIndex = start;
  const end = eachEntry(isPair.test(text) ? pairEntry : mergeEntry, ']', text, start, (left, right) => {
    // What a part begins with is a part: most are told by that.
    if (parts.has(left) && parts.has(left + right)) wanted.push([decoded(left), decoded(right)]);
  });
  return end === undefined ? undefined : { start, end, wanted };
}

/** @returns where the last entry ends; `undefined` where anything else comes between */
function eachEntry(
  entry: RegExp,
  last: string,
  text: string,
  start: number,
  visit: (first: string, second: string) => void,
): number | undefined {
  entry.lastIndex = start;
  for (let found = entry.exec(text); found; found = entry.exec(text)) {
    visit(found[1]!, found[2]!);
    if (found[3] === last) return entry.lastIndex - 1;
  }
  return undefined;
}

/** The whole definition with these two lists for its own. */
function withLists(
  text: string,
  vocab: ReadList<Record<string, number>>,
  merges: ReadList<readonly (readonly string[])[]>,
): TokenizerDefinition | undefined {
  const [first, second] = vocab.start < merges.start ? [vocab, merges] : [merges, vocab];
  const short = text.slice(0, first.start) + text.slice(first.end, second.start) + text.slice(second.end);
  let definition: TokenizerDefinition;
  try {
    definition = JSON.parse(decoded(short)) as TokenizerDefinition;
  } catch {
    return undefined;
  }
  const { model } = definition;
  if (!isObject(model) || model['type'] !== 'BPE') return undefined;
  const { unk_token: unknown, end_of_word_suffix: end, continuing_subword_suffix: inner } = model;
  if (end || inner || (typeof unknown === 'string' && !(unknown in vocab.wanted))) return undefined;
  // Else the lists were somebody else's.
  const areTaken = JSON.stringify([model['vocab'], model['merges']]) === '[{},[]]';
  return areTaken
    ? { ...definition, model: { ...model, vocab: vocab.wanted, merges: merges.wanted } }
    : undefined;
}

/** Where the first match ends; the end of the text without one. */
function endOf(pattern: RegExp, text: string): number {
  const found = pattern.exec(text);
  return found ? found.index + found[0].length : text.length;
}

function encoded(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function decoded(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
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
