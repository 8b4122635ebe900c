import { spread } from '../geometry/histogram';
import type { RandomComparison } from '../protocol/geometryResult';
import type { Baseline } from './baseline';

/** For each difference of a concept so many random pairs at most, and no larger a share of them, nearest in norm. */
const matchedPairs = 1000;
const matchedShare = 0.01;
/** Norms further apart than this share are not like each other. */
const tolerance = 0.1;

/**
 * The random pairs on one concept's direction (Park et al. 2311.03658, Fig. 2): as projections, as cosines, and as
 * projections of only those pairs whose norms are like the concept's.
 *
 * @param scores ⟨row, direction⟩ of the baseline's rows
 * @param norms of the concept's differences
 * @param reach the largest |projection| and |cosine| of the concept's own pairs, which the histograms must show
 */
export function randomComparison(
  { first, second, norms: randomNorms, byNorm }: Baseline,
  scores: Float64Array,
  norms: Float64Array,
  reach: { readonly projection: number; readonly cosine: number },
): RandomComparison {
  const projections = new Float64Array(first.length);
  const cosines = new Float64Array(first.length);
  for (let pair = 0; pair < first.length; pair++) {
    const projection = scores[second[pair]!]! - scores[first[pair]!]!;
    projections[pair] = projection;
    cosines[pair] = projection / randomNorms[pair]!;
  }
  const kept = norms.filter((norm) => norm > 0);
  const matching = Math.min(matchedPairs, Math.ceil(matchedShare * first.length));
  const matched: number[] = [];
  for (const norm of kept) {
    const at = lowerBound(byNorm, randomNorms, norm);
    const from = Math.max(0, Math.min(byNorm.length - matching, at - (matching >> 1)));
    for (const pair of byNorm.subarray(from, from + matching)) {
      if (Math.abs(randomNorms[pair]! - norm) <= tolerance * norm) matched.push(projections[pair]!);
    }
  }
  return {
    pairs: projections.length,
    tokens: scores.length,
    projection: spread(projections, undefined, reach.projection),
    cosine: spread(cosines, undefined, reach.cosine),
    normMatched:
      matched.length === 0 ? null : spread(Float64Array.from(matched), undefined, reach.projection),
  };
}

/** Position of the first pair with at least that norm. */
function lowerBound(byNorm: Int32Array, norms: Float64Array, norm: number): number {
  let [low, high] = [0, byNorm.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (norms[byNorm[middle]!]! < norm) low = middle + 1;
    else high = middle;
  }
  return low;
}
