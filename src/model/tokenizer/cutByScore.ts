import { joinSymbols } from './joinSymbols';
import { pieceTypes, type Pieces } from './pieceModel';

/** Cuts a text into symbols, all of which together are the text. */
export type Cut = (text: string) => string[];

/** Types of which text can consist: the others are only written by their name. */
const spelled: readonly number[] = [pieceTypes.normal, pieceTypes.userDefined, pieceTypes.unused];

/** The scores of all pieces that can appear in a text. If two pieces have the same text, the first counts. */
export function scoresOf({ texts, types, scores }: Pieces): Map<string, number> {
  const found = new Map<string, number>();
  for (let id = texts.length - 1; id >= 0; id--)
    if (texts[id] !== '' && spelled.includes(types[id]!)) found.set(texts[id]!, scores[id]!);
  return found;
}

/**
 * SentencePiece's BPE: characters are merged into pieces, that of the highest score first (Kudo and Richardson, 1808.06226;
 * in llama.cpp, `tokenizer.ggml.model` = `llama`).
 *
 * @param splitUnused whether an unused piece only helps to form longer ones, and is cut again if it remains
 */
export function mergeByScore(pieces: Pieces, splitUnused: boolean): Cut {
  const scores = scoresOf(pieces);
  const unused = new Set(
    splitUnused ? pieces.texts.filter((_, id) => pieces.types[id] === pieceTypes.unused) : [],
  );
  return (text) => {
    const halves = new Map<string, readonly [string, string]>();
    const symbols = joinSymbols(Array.from(text), (left, right) => {
      const whole = left + right;
      const score = scores.get(whole);
      if (score === undefined) return undefined;
      if (unused.has(whole)) halves.set(whole, [left, right]);
      return -score;
    });
    return unused.size === 0 ? symbols : symbols.flatMap((symbol) => withoutUnused(symbol, unused, halves));
  };
}

function withoutUnused(
  symbol: string,
  unused: ReadonlySet<string>,
  halves: ReadonlyMap<string, readonly [string, string]>,
): string[] {
  const parts = unused.has(symbol) ? halves.get(symbol) : undefined;
  return parts ? parts.flatMap((part) => withoutUnused(part, unused, halves)) : [symbol];
}

/** Merges by rank, as GPT-2's BPE does. @param merges two symbols with a space between them, the first merged first */
export function mergeByRank(merges: readonly string[]): Cut {
  const ranks = new Map<string, number>();
  for (let rank = merges.length - 1; rank >= 0; rank--) ranks.set(merges[rank]!, rank);
  return (text) => joinSymbols(Array.from(text), (left, right) => ranks.get(`${left} ${right}`));
}
