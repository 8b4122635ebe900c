/** Streams of the seed: each random quantity has its own, so that adding a pair to a concept changes no other number. */
export const streams = {
  baseline: 1,
  control: 3,
  sketch: 4,
  continuations: 5,
  contextPairs: 6,
  signFlips: 7,
  categoryPool: 8,
  categories: 9,
  mapAgreement: 10,
  meanOverConcepts: 11,
  /** From here on, one for each random concept. */
  directions: 1000,
} as const;

/** A separate stream for one use of these pairs, independent of the position of their concepts in the file (FNV-1a). */
export function streamOf(
  use: 'permutations' | 'bootstrap' | 'sharing' | 'comparison' | 'folds' | 'trend',
  pairs: string,
): number {
  let hash = 0x811c9dc5;
  for (const character of `${use} ${pairs}`) hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193);
  return hash >>> 0;
}
