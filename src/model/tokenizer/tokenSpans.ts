/** Where a token lies in a text, in UTF-16 units. Empty for what has no text of its own, such as BOS. */
export interface TokenSpan {
  readonly start: number;
  readonly end: number;
}

/** Bytes within which a token is looked for if it does not follow the one before it, as after a normalizer. */
const reach = 64;

/**
 * Finds tokens in the text that they were cut from. A character of several tokens belongs to the last of them; a token
 * that the text does not have, such as the space that SentencePiece puts before it, is empty.
 *
 * @param spellings the vocabulary's spelling of each token
 * @param isByteLevel whether those are GPT-2's, see {@link pieceBytes}
 */
export function tokenSpans(text: string, spellings: readonly string[], isByteLevel: boolean): TokenSpan[] {
  const bytes = Buffer.from(text);
  const unitAt = characterStarts(text, bytes.length);
  let at = 0;
  return spellings.map((spelling) => {
    const { start, end } = located(bytes, at, pieceBytes(spelling, isByteLevel));
    at = end;
    return { start: unitAt[start]!, end: unitAt[end]! };
  });
}

/** The bytes of text that a piece stands for. */
export function pieceBytes(spelling: string, isByteLevel: boolean): Buffer {
  if (isByteLevel) {
    const codes = Array.from(spelling, (character) => byteOf.get(character));
    return codes.includes(undefined) ? Buffer.from(spelling) : Buffer.from(codes as number[]);
  }
  const [, code] = /^<0x([0-9A-F]{2})>$/u.exec(spelling) ?? [];
  return code === undefined ? Buffer.from(spelling.replaceAll('▁', ' ')) : Buffer.from([parseInt(code, 16)]);
}

/** The text of consecutive tokens. Bytes that are no UTF-8 become U+FFFD. */
export function textOfTokens(spellings: readonly string[], isByteLevel: boolean): string {
  return Buffer.concat(spellings.map((spelling) => pieceBytes(spelling, isByteLevel))).toString();
}

function located(bytes: Buffer, at: number, piece: Buffer): TokenSpan {
  if (matches(bytes, at, piece)) return { start: at, end: at + piece.length };
  const bare = piece[0] === 0x20 ? piece.subarray(1) : piece;
  if (bare.length === 0) return { start: at, end: at };
  if (matches(bytes, at, bare)) return { start: at, end: at + bare.length };
  const found = bytes.subarray(at, at + reach).indexOf(bare);
  return found < 0 ? { start: at, end: at } : { start: at + found, end: at + found + bare.length };
}

function matches(bytes: Buffer, at: number, piece: Buffer): boolean {
  return bytes.compare(piece, 0, piece.length, at, Math.min(at + piece.length, bytes.length)) === 0;
}

/** For each byte offset, the UTF-16 offset of the character there; one more entry for the end. */
function characterStarts(text: string, length: number): Int32Array {
  const starts = new Int32Array(length + 1);
  let [byte, unit] = [0, 0];
  for (const character of text) {
    const end = byte + Buffer.byteLength(character);
    starts.fill(unit, byte, end);
    [byte, unit] = [end, unit + character.length];
  }
  starts[length] = unit;
  return starts;
}

/** GPT-2's spelling of bytes: printable ones stand for themselves, the others for characters from U+0100 on. */
const byteOf = new Map<string, number>();
for (let byte = 0, next = 256; byte < 256; byte++) {
  const isPrintable = (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
  byteOf.set(String.fromCodePoint(isPrintable ? byte : next++), byte);
}
