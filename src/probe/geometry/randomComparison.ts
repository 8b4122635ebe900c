import { spread } from '../../geometry/histogram';
import { row, stack } from '../../geometry/matrix';
import type { Algebra } from '../../model/algebra/algebra';
import type { RandomComparison } from '../../protocol/geometryResult';
import type { Baseline } from './baseline';
import { hasDirection, type MeasuredConcept } from './conceptGeometry';

/**
 * Maximum number, and maximum share, of the random pairs nearest in norm that each difference of a concept is compared
 * with.
 */
const matchedPairs = 1000;
const matchedShare = 0.01;
/** Norms that differ by more than this share do not match. */
const tolerance = 0.1;

/**
 * Projects the random pairs on every concept's direction (Park et al. 2311.03658, Fig. 2); `null` for a concept without
 * one. All directions are projected on the baseline's rows at once.
 */
export async function compareWithRandom(
  concepts: readonly MeasuredConcept[],
  baseline: Baseline,
  algebra: Algebra,
): Promise<(RandomComparison | null)[]> {
  const directions = concepts.filter(hasDirection).map(({ summary }) => summary.direction);
  const scores = await algebra.multiply(stack(directions, baseline.rows.columns), baseline.rows);
  const comparison = randomComparer(baseline);
  let next = 0;
  return concepts.map((concept) =>
    hasDirection(concept) ? comparison(concept, new Float64Array(row(scores, next++))) : null,
  );
}

/**
 * Compares the random pairs with one direction after the other: as projections, as cosines, and as projections of only the
 * pairs whose norms match the concept's. Reuses the same memory each time.
 *
 * @returns a function of a concept and of ⟨row, direction⟩ for the baseline's rows
 */
function randomComparer({
  first,
  second,
  norms: randomNorms,
  byNorm,
}: Baseline): (concept: MeasuredConcept, scores: Float64Array) => RandomComparison {
  const projections = new Float64Array(first.length);
  const cosines = new Float64Array(first.length);
  const matching = Math.min(matchedPairs, Math.ceil(matchedShare * first.length));
  return ({ geometry: { norms, leaveOneOut } }, scores) => {
    // The histograms must include the concept's own pairs.
    const reach = { projection: largest(leaveOneOut.projections), cosine: largest(leaveOneOut.cosines) };
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

function largest(values: Float64Array): number {
  return values.reduce((most, value) => (Math.abs(value) > most ? Math.abs(value) : most), 0);
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
