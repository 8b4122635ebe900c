import { directionWeights, type DirectionChoice } from './conceptDirection';
import { centredAt, type LeftOut } from './leftOut';
import { leaveOneOutPrincipal } from './leaveOneOutPrincipal';
import { row, type Matrix } from './matrix';
import { negligible } from './negligible';
import { clampCosine, dot } from './vector';
import { rowNorms, weightedSum } from './weightedSum';

/** Below this share of its terms, the squared length of the others' sum is computed from the vector itself. */
const cancelled = 1e-6;

/**
 * Leave-one-out parallelism of differences `[pairs, hidden]` with any choice of direction. NaN if undefined: if the others
 * cancel, and so for a single pair; a zero difference has a projection (0) but no cosine.
 *
 * With s = Σ wⱼδⱼ the others' sum is s − wᵢδᵢ, so ⟨δᵢ, s⟩, ‖δᵢ‖² and ‖s‖² are sufficient, in time linear in the number of
 * pairs.
 *
 * @param norms of the differences, if already known
 */
export function leaveOneOut(
  differences: Matrix,
  choice: DirectionChoice = 'mean',
  norms = rowNorms(differences),
): LeftOut {
  if (choice === 'principal') return leaveOneOutPrincipal(differences);
  const weights = directionWeights(norms, choice);
  const sum = weightedSum(differences, weights);
  const sumNorm2 = dot(sum, sum);
  const total = weights.reduce((lengths, weight, i) => lengths + weight * norms[i]!, 0);
  const othersLengths = new Float64Array(differences.rows);
  const projections = Float64Array.from(norms, (length, i) => {
    const weight = weights[i]!;
    const difference = row(differences, i);
    const withSum = dot(difference, sum);
    const own = weight * length * length;
    let withOthers = withSum - own;
    const parts = sumNorm2 + 2 * weight * Math.abs(withSum) + weight * own;
    let othersNorm2 = sumNorm2 - 2 * weight * withSum + weight * own;
    if (othersNorm2 < cancelled * parts) {
      const others = sum.map((value, j) => value - weight * difference[j]!);
      withOthers = dot(difference, others);
      othersNorm2 = dot(others, others);
    }
    const othersLength = Math.sqrt(othersNorm2);
    othersLengths[i] = othersLength;
    return othersLength > negligible * (total - weight * length) ? withOthers / othersLength : NaN;
  });
  const cosines = projections.map((value, i) => clampCosine(value / norms[i]!));
  const influences = sumInfluences(differences, sum, { norms, weights, othersLengths, cosines });
  return { cosines, projections, influences };
}

/**
 * n·∂(mean cosine)/∂(weight of pair k), around the mean cosine: its own cosine, and how it turns the sums of the others,
 * Σ_{i≠k} ⟨wₖδₖ, δᵢ/‖δᵢ‖ − cosᵢ·(s − wᵢδᵢ)/Lᵢ⟩ / Lᵢ with Lᵢ = ‖s − wᵢδᵢ‖: one vector for all k, less the own term.
 */
function sumInfluences(
  differences: Matrix,
  sum: Float64Array,
  parts: Readonly<Record<'norms' | 'weights' | 'othersLengths' | 'cosines', Float64Array>>,
): Float64Array {
  const { norms, weights, othersLengths, cosines } = parts;
  let ofSum = 0;
  const coefficients = cosines.map((cosine, i) => {
    if (Number.isNaN(cosine)) return 0;
    const length = othersLengths[i]!;
    ofSum += cosine / length ** 2;
    return 1 / (norms[i]! * length) + (cosine * weights[i]!) / length ** 2;
  });
  const turning = weightedSum(differences, coefficients);
  for (let j = 0; j < turning.length; j++) turning[j]! -= ofSum * sum[j]!;
  const influences = cosines.map((cosine, k) => {
    const own = (norms[k]! * (1 - cosine ** 2)) / othersLengths[k]!;
    return cosine + weights[k]! * (dot(row(differences, k), turning) - own);
  });
  return centredAt(cosines, influences);
}
