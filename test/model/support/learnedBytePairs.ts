import type { TokenizerJson } from './tokenizerForms';

/**
 * A byte-level vocabulary learned from a few texts without splitting them first: pieces reach across spaces, digits and line
 * breaks wherever a splitting rule does not forbid it, so that texts cut with it show where the rule splits.
 */
export function learnedBytePairs(texts: readonly string[], count: number): TokenizerJson {
  const alphabet = byteAlphabet();
  const words = texts.map((text) => Array.from(Buffer.from(text), (byte) => alphabet[byte]!));
  const merges: string[] = [];
  while (merges.length < count) {
    const counts = new Map<string, number>();
    for (const word of words)
      for (let i = 1; i < word.length; i++) {
        const pair = `${word[i - 1]!} ${word[i]!}`;
        counts.set(pair, (counts.get(pair) ?? 0) + 1);
      }
    const [first] = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
    if (!first) break;
    merges.push(first[0]);
    for (const word of words)
      for (let i = 1; i < word.length; i++)
        if (`${word[i - 1]!} ${word[i]!}` === first[0]) word.splice(i - 1, 2, first[0].replace(' ', ''));
  }
  const pieces = ['<|start|>', '<|end|>', ...alphabet, ...merges.map((merge) => merge.replace(' ', ''))];
  return {
    added_tokens: [0, 1].map((id) => ({ id, content: pieces[id]!, special: true })),
    model: {
      unk_token: null,
      vocab: Object.fromEntries([...new Set(pieces)].map((piece, id) => [piece, id])),
      merges,
    },
  };
}

/** GPT-2's characters for the bytes 0…255. */
function byteAlphabet(): string[] {
  const printable = (byte: number): boolean =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte !== 0xad);
  let next = 256;
  return Array.from({ length: 256 }, (_, byte) => String.fromCodePoint(printable(byte) ? byte : next++));
}
