/** Streams of the seed: every random thing has its own, so that one more pair in a concept changes no other number. */
export const streams = {
  baseline: 1,
  control: 3,
  sketch: 4,
  continuations: 5,
  contextPairs: 6,
  signFlips: 7,
  /** And one for each random concept from here on. */
  directions: 1000,
} as const;

/** A stream of its own for what is done with these pairs, wherever in the file their concepts stand (FNV-1a). */
export function streamOf(
  use: 'permutations' | 'bootstrap' | 'sharing' | 'comparison',
  pairs: string,
): number {
  let hash = 0x811c9dc5;
  for (const character of `${use} ${pairs}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
