import { categoryVector, fewestCategoryWords, type CategoryVector } from './categoryVector';
import type { Matrix } from './matrix';
import { shuffle, type RandomSource } from './random';

/** Words are held out in this many parts; one by one if there are fewer words. */
const mostFolds = 10;

/** Projections on a category's vector, divided by its squared norm: 1 is the mean of the words that made the vector. */
export interface HeldOutWords {
  /** Of each word, on the vector of the words of the other parts. */
  readonly words: Float64Array;
  /** Of rows outside the category, each on one of these vectors. */
  readonly others: Float64Array;
}

/**
 * How words of a category lie on its vector when they had no part in it (as Park et al. 2406.01506 check it, with
 * cross-validation instead of one split into 70 and 30 %).
 *
 * @param gram inner products of all rows, around the mean of the vocabulary
 * @param words rows of the category
 * @param others rows outside it
 * @returns `null` with too few words
 */
export function heldOutWords(
  gram: Matrix,
  words: readonly number[],
  others: readonly number[],
  dimensions: number,
  random: RandomSource,
): HeldOutWords | null {
  const n = words.length;
  if (n <= fewestCategoryWords) return null;
  const folds = Math.min(mostFolds, n);
  const order = Int32Array.from({ length: n }, (_, i) => i);
  shuffle(order, random);
  const foldOf = new Int32Array(n);
  order.forEach((place, i) => {
    foldOf[place] = i % folds;
  });
  const result = { words: new Float64Array(n), others: new Float64Array(others.length) };
  for (let fold = 0; fold < folds; fold++) {
    const training = words.filter((_, i) => foldOf[i] !== fold);
    const vector = categoryVector(gram, training, dimensions);
    if (!vector) return null;
    words.forEach((row, i) => {
      if (foldOf[i] === fold) result.words[i] = onVector(gram, row, training, vector);
    });
    for (let i = fold; i < others.length; i += folds)
      result.others[i] = onVector(gram, others[i]!, training, vector);
  }
  return result;
}

/** γᵀℓ / ‖ℓ‖² of a row. */
export function onVector(
  { columns, data }: Matrix,
  row: number,
  words: readonly number[],
  { weights, squaredNorm }: CategoryVector,
): number {
  let sum = 0;
  for (let i = 0; i < words.length; i++) sum += weights[i]! * data[row * columns + words[i]!]!;
  return sum / squaredNorm;
}
