import { isObject } from '../isObject';

/** A `tokenizer.json` of Hugging Face's tokenizers. */
export type TokenizerDefinition = Readonly<Record<string, unknown>>;

/** Special tokens are stored as a string or as an object with their content. */
export function tokenText(token: unknown): string | undefined {
  if (typeof token === 'string') return token;
  if (typeof token !== 'object' || token === null || !('content' in token)) return undefined;
  return typeof token.content === 'string' ? token.content : undefined;
}

/** A definition with a part of its vocabulary, and the required facts about the rest. */
export interface PartialDefinition {
  readonly definition: TokenizerDefinition;
  /** Ids of the whole vocabulary, without the added tokens. */
  readonly ids: readonly number[];
}

/**
 * A BPE tokenizer's definition with only those tokens and merges whose pieces are among `parts`. Its two long lists are
 * scanned as text; everything else is parsed.
 *
 * @param json the file's bytes
 * @param parts pieces, see {@link encoded}; must include all prefixes of each piece
 * @returns `undefined` if the file has an unexpected format and must be parsed as a whole
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
    // A regular expression may fail on millions of escapes in one string.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * The bytes as characters, so that skipped parts are not decoded. A file with letters in \u escapes is parsed and serialized
 * again. `undefined` if it is not JSON.
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

/** Whether there is a \u escape, rather than an escaped backslash before a u. */
function hasNumberedLetter(text: string): boolean {
  for (let at = text.indexOf('\\u'); at >= 0; at = text.indexOf('\\u', at + 2)) {
    let first = at;
    while (text[first - 1] === '\\') first--;
    if ((at - first) % 2 === 0) return true;
  }
  return false;
}

/** A list in the file: its range, and the selected entries. */
interface ReadList<T> {
  readonly start: number;
  readonly end: number;
  readonly wanted: T;
}

/** The contents of a JSON string made of these characters and escapes. Matches without backtracking, in linear time. */
const inside = (plain: string): string =>
  String.raw`(${plain}*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})${plain}*)*)`;
const string = `"${inside(String.raw`[^"\\\x00-\x1f]`)}"`;
/** A string without a space. */
const word = inside(String.raw`[^" \\\x00-\x1f]`);
const gap = String.raw`[ \t\r\n]*`;

/** Match one entry and the separator after it. */
const tokenEntry = new RegExp(String.raw`${gap}${string}${gap}:${gap}(0|[1-9]\d*)${gap}([,}])`, 'y');
const mergeEntry = new RegExp(String.raw`${gap}"${word} ${word}"${gap}([,\]])`, 'y');
const pairEntry = new RegExp(
  String.raw`${gap}\[${gap}${string}${gap},${gap}${string}${gap}\]${gap}([,\]])`,
  'y',
);

/** @param ids receives the ids of all tokens */
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
    // The unknown token and byte tokens such as <0x0A> encode what no other token covers.
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
    // Every prefix of a part is a part, which rules out most merges quickly.
    if (parts.has(left) && parts.has(left + right)) wanted.push([decoded(left), decoded(right)]);
  });
  return end === undefined ? undefined : { start, end, wanted };
}

/** @returns the end of the last entry; `undefined` if there is anything else in between */
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

/**
 * The whole definition with these two lists in place of its own; `undefined` if it does not have them, or is not a BPE
 * model.
 */
function withLists(
  text: string,
  vocab: ReadList<Record<string, number>>,
  merges: ReadList<readonly (readonly string[])[]>,
): TokenizerDefinition | undefined {
  // A random marker that no file contains, to identify the list.
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

/** The end of the first match; the end of the text if there is none. */
function endOf(pattern: RegExp, text: string): number {
  const found = pattern.exec(text);
  return found ? found.index + found[0].length : text.length;
}

/** The bytes of a text, one character each. */
export function encoded(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function decoded(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString();
}
