import { row, type Matrix } from './matrix';
import { negligible } from './negligible';
import { principalDirection } from './principalDirection';
import { clampCosine, dot, norm } from './vector';
import { rowNorms, weightedSum } from './weightedSum';

/** How a concept's direction is computed from its differences. */
export type DirectionChoice = 'mean' | 'normalised' | 'principal';
export const directionChoices = [
  'mean',
  'normalised',
  'principal',
] as const satisfies readonly DirectionChoice[];

/**
 * The concept direction γ̄_W at unit length, from differences `[pairs, hidden]`:
 *
 * - `mean`: their mean (Park et al. 2311.03658, §4.1);
 * - `normalised`: the mean of the differences at unit length (Nguyen & Leng 2502.16385);
 * - `principal`: the first right singular vector of the uncentred differences, with the sign for which their mean projection
 *   is not negative.
 *
 * @param norms of the differences, if already known
 * @returns `[hidden]`; all zero if the differences cancel or there are none
 */
export function conceptDirection(
  differences: Matrix,
  choice: DirectionChoice = 'mean',
  norms = rowNorms(differences),
): Float64Array {
  if (choice === 'principal') return principalDirection(differences);
  const weights = directionWeights(norms, choice);
  const sum = weightedSum(differences, weights);
  const length = norm(sum);
  const isNothing = !(
    length >
    negligible * norms.reduce((total, value, i) => total + weights[i]! * value, 0)
  );
  return sum.map((value) => (isNothing ? 0 : value / length));
}

/** The weight of each difference in the sum that gives the direction, from its norm; 0 for a zero difference. `[pairs]` */
export function directionWeights(
  norms: Float64Array,
  choice: Exclude<DirectionChoice, 'principal'>,
): Float64Array {
  return norms.map((length) => (length > 0 ? (choice === 'mean' ? 1 : 1 / length) : 0));
}

/**
 * cos(δᵢ, direction) of every difference; NaN if either is zero. `[pairs]`
 *
 * @param norms of the differences, if already known
 */
export function cosinesWith(
  direction: Float64Array,
  differences: Matrix,
  norms = rowNorms(differences),
): Float64Array {
  const length = norm(direction);
  return norms.map((own, i) => clampCosine(dot(row(differences, i), direction) / (own * length)));
}
