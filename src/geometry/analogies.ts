import type { RowPair } from './differences';

/** Added to a denominator that may be 0 (Levy & Goldberg 2014). */
const epsilon = 1e-3;

/** How often a method finds the word that a list of analogies expects. Shares of the questions. */
export interface AnalogyScore {
  /** The expected token is first among all tokens but the three given ones. */
  readonly accuracy: number;
  /** The same among the first five. */
  readonly inFirstFive: number;
  /** Mean of 1 / rank. */
  readonly reciprocalRank: number;
  /** The expected token is first among all tokens, the given ones too, which often come first themselves. */
  readonly accuracyWithGiven: number;
}

export const analogyMethods = ['add', 'multiply'] as const;
export type AnalogyMethod = (typeof analogyMethods)[number];

/** Of all questions that the pairs of one list ask. */
export interface AnalogyScores {
  /** Questions asked. */
  readonly questions: number;
  /** Questions left out, because two of their four words are the same token. */
  readonly skipped: number;
  /** `null` without a question. */
  readonly add: AnalogyScore | null;
  readonly multiply: AnalogyScore | null;
}

/** Words that are a token each. */
export interface AnalogyWords {
  /** Token id of each word. */
  readonly ids: readonly number[];
  /** Cosines of each word with every token, by token id. `[vocab]` each */
  readonly cosines: readonly Float32Array[];
}

/**
 * a : b :: c : ? for every ordered couple of pairs (a, b) and (c, d), answered with the token y that is largest in
 *
 * - `add`, 3CosAdd: cos(y, b) − cos(y, a) + cos(y, c) (Mikolov et al. 2013, as Levy & Goldberg 2014 write it);
 * - `multiply`, 3CosMul: cos⁺(y, b) · cos⁺(y, c) / (cos⁺(y, a) + ε), with cos⁺ = (cos + 1) / 2 (Levy & Goldberg 2014).
 *
 * Of equal tokens the expected one comes last.
 *
 * @param pairs positions in `words`
 * @param progress called before each pair's questions; share done, 0…1
 */
export async function analogyScores(
  { ids, cosines }: AnalogyWords,
  pairs: readonly RowPair[],
  progress: (share: number) => Promise<void> | void,
): Promise<AnalogyScores> {
  const tallies = { add: new Tally(), multiply: new Tally() };
  let skipped = 0;
  const vocabSize = cosines[0]?.length ?? 0;
  const [sum, ratio] = [new Float64Array(vocabSize), new Float64Array(vocabSize)];
  for (const [i, { base: a, target: b }] of pairs.entries()) {
    await progress(i / pairs.length);
    const [cosA, cosB] = [cosines[a]!, cosines[b]!];
    for (let y = 0; y < vocabSize; y++) {
      sum[y] = cosB[y]! - cosA[y]!;
      ratio[y] = (cosB[y]! + 1) / 2 / ((cosA[y]! + 1) / 2 + epsilon);
    }
    for (const [j, { base: c, target: d }] of pairs.entries()) {
      if (i === j) continue;
      const [given, expected] = [[ids[a]!, ids[b]!, ids[c]!], ids[d]!];
      if (new Set([...given, expected]).size < 4) {
        skipped++;
        continue;
      }
      const cosC = cosines[c]!;
      const added = (y: number): number => sum[y]! + cosC[y]!;
      const multiplied = (y: number): number => ratio[y]! * (cosC[y]! + 1);
      const [least, leastProduct] = [added(expected), multiplied(expected)];
      // The expected token itself is among them.
      let [notLess, notLessProduct] = [0, 0];
      for (let y = 0; y < vocabSize; y++) {
        const cosine = cosC[y]!;
        if (sum[y]! + cosine >= least) notLess++;
        if (ratio[y]! * (cosine + 1) >= leastProduct) notLessProduct++;
      }
      tallies.add.count(notLess, given.filter((id) => added(id) >= least).length);
      tallies.multiply.count(notLessProduct, given.filter((id) => multiplied(id) >= leastProduct).length);
    }
  }
  const { add, multiply } = tallies;
  return { questions: add.questions, skipped, add: add.score, multiply: multiply.score };
}

class Tally {
  questions = 0;
  #first = 0;
  #inFirstFive = 0;
  #reciprocals = 0;
  #firstWithGiven = 0;

  /** @param rank among all tokens, from 1 @param givenBefore how many of the given ones come first */
  count(rank: number, givenBefore: number): void {
    const own = rank - givenBefore;
    this.questions++;
    if (own === 1) this.#first++;
    if (own <= 5) this.#inFirstFive++;
    if (rank === 1) this.#firstWithGiven++;
    this.#reciprocals += 1 / own;
  }

  get score(): AnalogyScore | null {
    const { questions } = this;
    if (questions === 0) return null;
    return {
      accuracy: this.#first / questions,
      inFirstFive: this.#inFirstFive / questions,
      reciprocalRank: this.#reciprocals / questions,
      accuracyWithGiven: this.#firstWithGiven / questions,
    };
  }
}
