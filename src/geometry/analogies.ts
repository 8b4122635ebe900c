import type { RowPair } from './differences';

/** Added to a denominator that may be 0 (Levy & Goldberg 2014). */
const epsilon = 1e-3;

/** How often a method finds the expected word of an analogy, as shares of the questions. */
export interface AnalogyScore {
  /** The expected token ranks first among all tokens except the three given ones. */
  readonly accuracy: number;
  /** The same among the first five. */
  readonly inFirstFive: number;
  /** Mean of 1 / rank. */
  readonly reciprocalRank: number;
  /** The expected token ranks first among all tokens including the given ones, which often rank first themselves. */
  readonly accuracyWithGiven: number;
}

export const analogyMethods = ['add', 'multiply'] as const;
export type AnalogyMethod = (typeof analogyMethods)[number];

/** Scores over all questions that the pairs of one list form. */
export interface AnalogyScores {
  /** Questions asked. */
  readonly questions: number;
  /** Number of questions omitted because two of their four words are the same token. */
  readonly skipped: number;
  /** `null` if there are no questions. */
  readonly add: AnalogyScore | null;
  readonly multiply: AnalogyScore | null;
}

/** Words that are single tokens. */
export interface AnalogyWords {
  /** Token id of each word. */
  readonly ids: readonly number[];
  /** Cosines of each word with every token, by token id; NaN for rows that cannot be answers. `[vocab]` each */
  readonly cosines: readonly Float32Array[];
}

/**
 * a : b :: c : ? for every ordered couple of pairs (a, b) and (c, d), answered with the token y that maximizes
 *
 * - `add`, 3CosAdd: cos(y, b) − cos(y, a) + cos(y, c) (Mikolov et al. 2013, as Levy & Goldberg 2014 write it);
 * - `multiply`, 3CosMul: cos⁺(y, b) · cos⁺(y, c) / (cos⁺(y, a) + ε), with cos⁺ = (cos + 1) / 2 (Levy & Goldberg 2014).
 *
 * Among ties, the expected token ranks last.
 *
 * @param pairs positions in `words`
 * @param progress called with the completed share, 0…1, before each pair's questions
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
      tallies.add.count(placeInSum(sum, cosC, expected, given));
      tallies.multiply.count(placeInProduct(ratio, cosC, expected, given));
    }
  }
  const { add, multiply } = tallies;
  return { questions: add.questions, skipped, add: add.score, multiply: multiply.score };
}

interface Place {
  /** Rank of the expected token among all, from 1. */
  readonly rank: number;
  /** Number of given tokens that rank before it. */
  readonly givenBefore: number;
}

/** By `sum[y] + cosine[y]`. */
function placeInSum(
  sum: Float64Array,
  cosine: Float32Array,
  expected: number,
  given: readonly number[],
): Place {
  const least = sum[expected]! + cosine[expected]!;
  const givenBefore = given.filter((y) => sum[y]! + cosine[y]! >= least).length;
  return { rank: countSums(sum, cosine, least), givenBefore };
}

/** By `ratio[y] · (cosine[y] + 1)`. */
function placeInProduct(
  ratio: Float64Array,
  cosine: Float32Array,
  expected: number,
  given: readonly number[],
): Place {
  const least = ratio[expected]! * (cosine[expected]! + 1);
  const givenBefore = given.filter((y) => ratio[y]! * (cosine[y]! + 1) >= least).length;
  return { rank: countProducts(ratio, cosine, least), givenBefore };
}

/** The inner loops, in separate functions so that they are optimized well. The count includes the expected token itself. */
function countSums(sum: Float64Array, cosine: Float32Array, least: number): number {
  let count = 0;
  for (let y = 0; y < sum.length; y++) if (sum[y]! + cosine[y]! >= least) count++;
  return count;
}

function countProducts(ratio: Float64Array, cosine: Float32Array, least: number): number {
  let count = 0;
  for (let y = 0; y < ratio.length; y++) if (ratio[y]! * (cosine[y]! + 1) >= least) count++;
  return count;
}

class Tally {
  questions = 0;
  #first = 0;
  #inFirstFive = 0;
  #reciprocals = 0;
  #firstWithGiven = 0;

  count({ rank, givenBefore }: Place): void {
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
