import type { Matrix } from './matrix';
import { effectiveRank, meanPairwiseCosineOf, type DifferencesSummary } from './parallelism';

/** What a formula can read, in coordinates where the inner product is the dot product. */
export interface MeasuredDifferences {
  /** `[pairs, hidden]` */
  readonly deltas: Matrix;
  readonly description: DifferencesSummary;
  /** ⟨δᵢ, δⱼ⟩ `[pairs, pairs]`; `null` where there are too many pairs for it. */
  readonly gram: Matrix | null;
}

/** Each gives one number of a concept's differences, `null` where it is undefined. */
export const conceptFormulas = {
  /** Mean of the pairwise cosines without self-pairs (Jiang et al. 2403.03867, §5, measure U). */
  meanCosine: ({ description }) => meanPairwiseCosineOf(description),
  /** The same with self-pairs, as in Jiang et al. 2403.03867, Fig. 3. */
  meanCosineWithSelf: ({ description }) => meanPairwiseCosineOf(description, true),
  /** (Σλ)² / Σλ² of the Gram matrix: 1 if all differences are parallel, n if all are orthogonal and of one length. */
  effectiveRank: ({ gram }) => gram && effectiveRank(gram),
} satisfies Readonly<Record<string, (differences: MeasuredDifferences) => number | null>>;

/** What the formulas give, by their names. */
export type ConceptNumbers = { readonly [name in keyof typeof conceptFormulas]: number | null };

export function conceptNumbers(differences: MeasuredDifferences): ConceptNumbers {
  return Object.fromEntries(
    Object.entries(conceptFormulas).map(([name, formula]) => [name, formula(differences)]),
  ) as ConceptNumbers;
}
