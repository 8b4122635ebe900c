import type { Cut } from './cutByScore';

/** Splits a text at the pieces that are never part of others, the longest first: `[text, whether it is such a piece]`. */
export function splitAtPieces(text: string, pieces: ReadonlySet<string>): [part: string, isPiece: boolean][] {
  const lengths = [...new Set(Array.from(pieces, (piece) => piece.length))].sort((a, b) => b - a);
  const parts: [string, boolean][] = [];
  let open = 0;
  for (let at = 0; at < text.length;) {
    const length = lengths.find((each) => pieces.has(text.slice(at, at + each)));
    if (length === undefined) {
      at++;
      continue;
    }
    if (at > open) parts.push([text.slice(open, at), false]);
    parts.push([text.slice(at, at + length), true]);
    open = at += length;
  }
  if (open < text.length) parts.push([text.slice(open), false]);
  return parts;
}

/** Cuts only what is between those pieces. */
export function aroundPieces(cut: Cut, pieces: ReadonlySet<string>): Cut {
  if (pieces.size === 0) return cut;
  return (text) => splitAtPieces(text, pieces).flatMap(([part, isPiece]) => (isPiece ? part : cut(part)));
}
