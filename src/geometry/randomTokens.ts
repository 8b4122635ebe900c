import type { RandomSource } from './random';

/** Size of the groups that pairs are drawn from: the inner products within a group are one small matrix product. */
export const groupSize = 128;

/** `count` different token ids, each set equally likely, in random order; all ids if there are no more. */
export function randomTokenSample(vocabSize: number, count: number, random: RandomSource): Int32Array {
  const ids = Int32Array.from({ length: vocabSize }, (_, id) => id);
  const taken = Math.max(0, Math.min(count, vocabSize));
  for (let i = 0; i < taken; i++) {
    const j = i + random.integer(vocabSize - i);
    const id = ids[j]!;
    ids[j] = ids[i]!;
    ids[i] = id;
  }
  return ids.slice(0, taken);
}

/** Positions `from` … `to` − 1 of a sample. */
export interface TokenGroup {
  readonly from: number;
  readonly to: number;
}

/** The groups of a sample of `tokens`: {@link groupSize} each; the last may be smaller, but is never one token alone. */
export function tokenGroups(tokens: number): readonly TokenGroup[] {
  const groups = Math.ceil(tokens / groupSize) - (tokens % groupSize === 1 ? 1 : 0);
  return Array.from({ length: groups }, (_, group) => ({
    from: group * groupSize,
    to: group === groups - 1 ? tokens : (group + 1) * groupSize,
  }));
}

/**
 * Random pairs of positions in a sample of `tokens`: `first` uniform, `second` uniform among the others of its group
 * (see {@link tokenGroups}). A sample is in random order, so all pairs of its tokens are equally likely; pairs may repeat.
 * Empty with fewer than two tokens.
 */
export function randomPairs(
  tokens: number,
  count: number,
  random: RandomSource,
): { first: Int32Array; second: Int32Array } {
  const groups = tokenGroups(tokens);
  const pairs = groups.length === 0 ? 0 : count;
  const first = new Int32Array(pairs);
  const second = new Int32Array(pairs);
  for (let i = 0; i < pairs; i++) {
    const position = random.integer(tokens);
    const { from, to } = groups[Math.min(groups.length - 1, Math.floor(position / groupSize))]!;
    const other = from + random.integer(to - from - 1);
    first[i] = position;
    second[i] = other < position ? other : other + 1;
  }
  return { first, second };
}
