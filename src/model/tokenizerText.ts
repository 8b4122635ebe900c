import { isObject } from './isObject';

/** A `tokenizer.json` of Hugging Face's tokenizers. */
export type TokenizerDefinition = Readonly<Record<string, unknown>>;

/** A definition with a part of its vocabulary, and what is to be known of the rest. */
export interface PartialDefinition {
  readonly definition: TokenizerDefinition;
  /** Of the whole vocabulary, without the added tokens. */
  readonly ids: readonly number[];
}

/**
 * A BPE tokenizer's definition with only those tokens and merges whose pieces are among `parts`. Its two long lists are
 * gone through as text, everything else is parsed.
 *
 * @param json the file's bytes
 * @param parts pieces, as {@link encoded}; with each all that it begins with
 * @returns `undefined` where the file is not written as such files are, and the whole must be parsed
 */
export function definitionOfParts(json: Buffer, parts: ReadonlySet<string>): PartialDefinition | undefined {
  const text = asWritten(json);
  if (text === undefined) return undefined;
  try {
    const ids: number[] = [];
    const vocab = readVocab(text, parts, ids);
    const merges = readMerges(text, parts);
    const definition = vocab && merges && withLists(text, vocab, merges);
    return definition && { definition, ids };
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
  if (!hasNumberedLetter(text)) return text;
  try {
    return encoded(JSON.stringify(JSON.parse(json.toString())));
  } catch {
    return undefined;
  }
}

/** A backslash before a u, unless it is one of a pair. */
function hasNumberedLetter(text: string): boolean {
  for (let at = text.indexOf('\\u'); at >= 0; at = text.indexOf('\\u', at + 2)) {
    let first = at;
    while (text[first - 1] === '\\') first--;
    if ((at - first) % 2 === 0) return true;
  }
  return false;
}

/** A list of the file: where it stands, and what is wanted of it. */
interface ReadList<T> {
  readonly start: number;
  readonly end: number;
  readonly wanted: T;
}

/** The inside of a JSON string, of these characters and escapes. It is matched without a way back: a long one is no harder. */
const inside = (plain: string): string =>
  String.raw`(${plain}*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})${plain}*)*)`;
const string = `"${inside(String.raw`[^"\\\x00-\x1f]`)}"`;
/** Without a space. */
const word = inside(String.raw`[^" \\\x00-\x1f]`);
const gap = String.raw`[ \t\r\n]*`;

/** One entry after the other, and what comes after it. */
const tokenEntry = new RegExp(String.raw`${gap}${string}${gap}:${gap}(0|[1-9]\d*)${gap}([,}])`, 'y');
const mergeEntry = new RegExp(String.raw`${gap}"${word} ${word}"${gap}([,\]])`, 'y');
const pairEntry = new RegExp(
  String.raw`${gap}\[${gap}${string}${gap},${gap}${string}${gap}\]${gap}([,\]])`,
  'y',
);

/** @param ids takes those of all tokens */
function readVocab(
  text: string,
  parts: ReadonlySet<string>,
  ids: number[],
): ReadList<Record<string, number>> | undefined {
  const start = endOf(/"vocab"\s*:\s*\{/u, text);
  const [, unknown] = new RegExp(String.raw`"unk_token"${gap}:${gap}${string}`).exec(text) ?? [];
  const wanted: Record<string, number> = {};
  const end = eachEntry(tokenEntry, '}', text, start, (piece, id) => {
    ids.push(Number(id));
    // The unknown token and the bytes, as <0x0A>, stand for what no other token spells.
    const isOfAny = piece === unknown || (piece.startsWith('<') && piece.endsWith('>'));
    if (isOfAny || parts.has(piece)) wanted[decoded(piece)] = Number(id);
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

/** The whole definition with these two lists for its own; `undefined` if they are not, or it is no BPE model. */
function withLists(
  text: string,
  vocab: ReadList<Record<string, number>>,
  merges: ReadList<readonly (readonly string[])[]>,
): TokenizerDefinition | undefined {
  // What no file can hold: by it a list is known again.
  const mark = JSON.stringify(`taken ${Math.random()}`);
  const cuts = [
    { ...vocab, instead: `${mark}:0` },
    { ...merges, instead: mark },
  ].sort((a, b) => a.start - b.start);
  let short = '';
  let at = 0;
  for (const { start, end, instead } of cuts) {
    short += text.slice(at, start) + instead;
    at = end;
  }
  let definition: TokenizerDefinition;
  try {
    definition = JSON.parse(decoded(short + text.slice(at))) as TokenizerDefinition;
  } catch {
    return undefined;
  }
  const { model } = definition;
  if (!isObject(model) || model['type'] !== 'BPE') return undefined;
  if (JSON.stringify([model['vocab'], model['merges']]) !== `[{${mark}:0},[${mark}]]`) return undefined;
  const { unk_token: unknown, end_of_word_suffix: end, continuing_subword_suffix: suffix } = model;
  if (end || suffix || (typeof unknown === 'string' && !Object.hasOwn(vocab.wanted, unknown)))
    return undefined;
  return { ...definition, model: { ...model, vocab: vocab.wanted, merges: merges.wanted } };
}

/** Where the first match ends; the end of the text without one. */
function endOf(pattern: RegExp, text: string): number {
  const found = pattern.exec(text);
  return found ? found.index + found[0].length : text.length;
}

/** The bytes of a text, a character each. */
export function encoded(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function decoded(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}
