import type { CheckpointPiece } from '../../../scripts/checkpoint';

const firstByte = 3;
const firstText = firstByte + 256;

/**
 * SentencePiece's greedy BPE as in llama2.c, directly from tokenizer.bin's scores: starts with single characters (or their
 * bytes) and repeatedly merges the pair whose union has the highest score, the leftmost among equals. No BOS. A `▁` in the
 * text is a space, as in SentencePiece (llama2.c alone would encode its bytes).
 */
export function sentencePieceMerge(vocabulary: readonly CheckpointPiece[]): (text: string) => number[] {
  const idOf = new Map(vocabulary.map(({ text }, id) => [text, id] as const).slice(firstText));
  return (text) => {
    const characters = text === '' ? [] : Array.from(` ${text.replaceAll('▁', ' ')}`);
    const ids = characters.flatMap((character) => idOf.get(character) ?? bytesOf(character));
    for (;;) {
      let best: { at: number; id: number; score: number } | undefined;
      for (let at = 0; at + 1 < ids.length; at++) {
        const [left, right] = [ids[at]!, ids[at + 1]!];
        // A byte is not the character that tokenizer.bin writes for it, so it is never merged.
        if (left < firstText || right < firstText) continue;
        const id = idOf.get(vocabulary[left]!.text + vocabulary[right]!.text);
        if (id === undefined) continue;
        const { score } = vocabulary[id]!;
        if (!best || score > best.score) best = { at, id, score };
      }
      if (!best) return ids;
      ids.splice(best.at, 2, best.id);
    }
  };
}

function bytesOf(character: string): number[] {
  return Array.from(new TextEncoder().encode(character), (byte) => firstByte + byte);
}
