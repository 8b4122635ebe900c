import { spread } from '../geometry/histogram';
import type { RandomComparison } from '../protocol/geometryResult';
import type { Baseline } from './baseline';

/** For each difference of a concept so many random pairs at most, and no larger a share of them, nearest in norm. */
const matchedPairs = 1000;
const matchedShare = 0.01;
/** Norms further apart than this share are not like each other. */
const tolerance = 0.1;

/** What a concept is compared by. */
export interface ComparedConcept {
  /** ⟨row, direction⟩ of the baseline's rows. */
  readonly scores: Float64Array;
  /** Of its differences. */
  readonly norms: Float64Array;
  /** Its pairs' largest |projection| and |cosine|, which the histograms must show. */
  readonly reach: { readonly projection: number; readonly cosine: number };
}

/**
 * The random pairs on one concept's direction after the other (Park et al. 2311.03658, Fig. 2): as projections, as
 * cosines, and as projections of only those pairs whose norms are like the concept's. Into the same memory each time.
 */
export function randomComparer({
  first,
  second,
  norms: randomNorms,
  byNorm,
}: Baseline): (concept: ComparedConcept) => RandomComparison {
  const projections = new Float64Array(first.length);
  const cosines = new Float64Array(first.length);
  const matching = Math.min(matchedPairs, Math.ceil(matchedShare * first.length));
  return ({ scores, norms, reach }) => {
    for (let pair = 0; pair < first.length; pair++) {
      const projection = scores[second[pair]!]! - scores[first[pair]!]!;
      projections[pair] = projection;
      cosines[pair] = projection / randomNorms[pair]!;
    }
    const kept = norms.filter((norm) => norm > 0);
    const matched = new Float64Array(kept.length * matching);
    let count = 0;
    for (const norm of kept) {
      const at = lowerBound(byNorm, randomNorms, norm);
      const from = Math.max(0, Math.min(byNorm.length - matching, at - (matching >> 1)));
      for (let i = from; i < from + matching; i++) {
        const pair = byNorm[i]!;
        if (Math.abs(randomNorms[pair]! - norm) <= tolerance * norm) matched[count++] = projections[pair]!;
      }
    }
    return {
      pairs: projections.length,
      tokens: scores.length,
      projection: spread(projections, undefined, reach.projection),
      cosine: spread(cosines, undefined, reach.cosine),
      normMatched: count === 0 ? null : spread(matched.subarray(0, count), undefined, reach.projection),
    };
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
