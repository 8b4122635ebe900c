import { pieceTypes, type Pieces } from './pieceModel';
import { scoresOf, type Cut } from './cutByScore';

/** Lost by a character without a piece, compared with the least likely piece, as in SentencePiece. */
const unknownPenalty = 10;

/**
 * SentencePiece's unigram model: the cut with the highest sum of log-probabilities, by dynamic programming (Kudo,
 * 1804.10959). Sums are kept in float32 but compared in float64, and of equal ones the first counts, so that cuts equal
 * SentencePiece's own.
 */
export function mostLikelyCut(pieces: Pieces): Cut {
  const { types, texts, scores: all } = pieces;
  const scores = scoresOf(pieces);
  let [lowest, highest, longest] = [Infinity, -Infinity, 1];
  texts.forEach((text, id) => {
    if (types[id] === pieceTypes.normal) {
      lowest = Math.min(lowest, all[id]!);
      highest = Math.max(highest, all[id]!);
    }
    if (types[id] === pieceTypes.unused) scores.delete(text);
    longest = Math.max(longest, text.length);
  });
  // A user-defined piece is more likely than any other cut of its text.
  texts.forEach((text, id) => {
    if (types[id] === pieceTypes.userDefined)
      scores.set(text, Math.fround(Buffer.byteLength(text) * highest) - 0.1);
  });
  const unknown = Math.fround(lowest - unknownPenalty);
  return (text) => {
    const best = new Float32Array(text.length + 1).fill(-Infinity);
    const start = new Int32Array(text.length + 1).fill(-1);
    best[0] = 0;
    const offer = (from: number, to: number, score: number): void => {
      const sum = best[from]! + score;
      if (start[to] !== -1 && !(sum > best[to]!)) return;
      best[to] = sum;
      start[to] = from;
    };
    for (let at = 0; at < text.length;) {
      const width = text.codePointAt(at)! > 0xffff ? 2 : 1;
      let hasCharacter = false;
      for (let end = at + 1; end <= Math.min(text.length, at + longest); end++) {
        const score = scores.get(text.slice(at, end));
        if (score === undefined) continue;
        offer(at, end, score);
        hasCharacter ||= end === at + width;
      }
      if (!hasCharacter) offer(at, at + width, Math.fround(best[at]! + unknown) - best[at]!);
      at += width;
    }
    const symbols: string[] = [];
    for (let end = text.length; end > 0; end = start[end]!) symbols.push(text.slice(start[end], end));
    return symbols.reverse();
  };
}
