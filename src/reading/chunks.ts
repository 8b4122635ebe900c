/** A part of a text that is measured in one run of the model, in UTF-16 units. */
export interface Chunk {
  /** Where the tokens begin that the model reads before it: the beginning of the chunk before, or its own at the start. */
  readonly contextStart: number;
  readonly start: number;
  readonly end: number;
}

/** Most tokens that the model reads at once, BOS included. */
export const readingWindow = 256;

/** Characters of a chunk: 40 to 125 tokens of English, so that a chunk with the one before it fits {@link readingWindow}. */
const fewest = 150;
const most = 500;
/** One line in so many ends a chunk once it is long enough. */
const spacing = 3;

/**
 * Cuts a text into chunks whose boundaries depend on the text around them alone: after an edit, the boundaries before it
 * and soon after it are the same, so that only the chunks in between have to be measured again. A chunk ends after a line
 * whose hash says so, or else where it becomes too long: after a sentence, a word, or a character.
 */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  for (let start = 0, context = 0; start < text.length;) {
    const end = chunkEnd(text, start);
    chunks.push({ contextStart: context, start, end });
    [context, start] = [start, end];
  }
  return chunks;
}

function chunkEnd(text: string, start: number): number {
  if (text.length - start <= fewest) return text.length;
  const limit = Math.min(start + most, text.length);
  for (let line = nextLine(text, start + fewest); line < limit; line = nextLine(text, line)) {
    if (line === text.length || isBoundary(text, line)) return line;
  }
  if (limit === text.length) return limit;
  return (
    lastMatch(/[.!?…。！？]["'”’)\]]*\s+/gu, text, start + fewest, limit) ??
    lastMatch(/\s+/gu, text, start + fewest, limit) ??
    between(text, limit)
  );
}

/** The position after the next line break at or after `from`, or the end of the text. */
function nextLine(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at + 1;
}

/** Whether the characters before a position, of which a change elsewhere takes nothing away, hash to a boundary (FNV-1a). */
function isBoundary(text: string, at: number): boolean {
  let hash = 0x811c9dc5;
  for (let i = Math.max(0, at - 24); i < at; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  // The low bits of FNV-1a are weak.
  return ((hash >>> 0) >>> 16) % spacing === 0;
}

/** The end of the last match within a range. */
function lastMatch(pattern: RegExp, text: string, from: number, to: number): number | undefined {
  let last: number | undefined;
  // Only the range: a search to the end of a long line for each of its chunks would take quadratic time.
  for (const found of text.slice(from, to).matchAll(pattern)) last = from + found.index + found[0].length;
  return last;
}

/** Not between the halves of a surrogate pair. */
function between(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code < 0xdc00 ? at - 1 : at;
}
