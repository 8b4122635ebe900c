import { row, type Matrix } from './matrix';
import { powerIteration } from './powerIteration';
import { dot, norm } from './vector';
import { weightedSum } from './weightedSum';

/**
 * First right singular vector of differences `[pairs, hidden]`, uncentred, with the sign for which the mean projection is
 * not negative. Uses power iteration on the Gram matrix δδᵀ, which is never formed: a step costs 2·pairs·hidden products, so
 * that all steps together cost less than forming the matrix.
 *
 * @returns `[hidden]`, unit length; all zero if all differences are
 */
export function principalDirection(differences: Matrix): Float64Array {
  const { rows } = differences;
  const { vector } = powerIteration(rows, (from, to) => {
    const direction = weightedSum(differences, from);
    for (let i = 0; i < rows; i++) to[i] = dot(row(differences, i), direction);
  });
  const direction = weightedSum(differences, vector);
  const mean = weightedSum(differences, new Float64Array(rows).fill(1));
  const length = norm(direction) * (dot(direction, mean) < 0 ? -1 : 1);
  return direction.map((value) => (length === 0 ? 0 : value / length));
}
