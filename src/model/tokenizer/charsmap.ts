/** Rules that replace characters, as SentencePiece compiles them into a `tokenizer.model`. */
export type Charsmap = (text: string) => string;

/**
 * SentencePiece's `precompiled_charsmap`: the length of a trie, the trie (a double array as Darts-clone writes it, 32 bits a
 * node), and the replacements, each followed by a zero byte. At each place, the longest match is replaced.
 *
 * @returns undefined if the bytes are not of this form
 */
export function readCharsmap(bytes: Uint8Array): Charsmap | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const trieBytes = bytes.length >= 4 ? view.getUint32(0, true) : 0;
  if (trieBytes < 4 || trieBytes % 4 !== 0 || 4 + trieBytes > bytes.length) return undefined;
  const nodes = Uint32Array.from({ length: trieBytes / 4 }, (_, i) => view.getUint32(4 + 4 * i, true));
  const replacements = Buffer.from(bytes.subarray(4 + trieBytes));
  return (text) => {
    const source = Buffer.from(text);
    const parts: Buffer[] = [];
    for (let at = 0; at < source.length;) {
      const found = longestMatch(nodes, source, at);
      const width = found?.length ?? characterBytes(source[at]!);
      parts.push(found ? replacementAt(replacements, found.value) : source.subarray(at, at + width));
      at += width;
    }
    return Buffer.concat(parts).toString();
  };
}

/** The fields of a node: the byte that leads to it, where its children are, and whether a match ends with it. */
const labelOf = (node: number): number => node & 0x8000_00ff;
const offsetOf = (node: number): number => (node >>> 10) << ((node & 0x200) >>> 6);
const endsMatch = (node: number): boolean => (node & 0x100) !== 0;
const valueOf = (node: number): number => node & 0x7fff_ffff;

function longestMatch(
  nodes: Uint32Array,
  source: Uint8Array,
  start: number,
): { length: number; value: number } | undefined {
  let found: { length: number; value: number } | undefined;
  let place = offsetOf(nodes[0]!);
  for (let at = start; at < source.length; at++) {
    place ^= source[at]!;
    const node = nodes[place];
    if (node === undefined || labelOf(node) !== source[at]) break;
    place ^= offsetOf(node);
    const leaf = nodes[place];
    if (endsMatch(node) && leaf !== undefined) found = { length: at + 1 - start, value: valueOf(leaf) };
  }
  return found;
}

function replacementAt(replacements: Buffer, start: number): Buffer {
  const end = replacements.indexOf(0, start);
  return replacements.subarray(start, end < 0 ? replacements.length : end);
}

/** Bytes of the UTF-8 character that starts with this byte. */
function characterBytes(first: number): number {
  if (first < 0xc0) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}
