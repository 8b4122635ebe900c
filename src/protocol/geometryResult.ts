import type { ConceptNumbers } from '../geometry/conceptFormulas';
import type { Matrix } from '../geometry/matrix';

/** ⟨u, v⟩ = uᵀv, or uᵀ Cov(γ)⁻¹ v (Park et al. 2311.03658, Def. 3.1 and Thm. 3.4). */
export type InnerProduct = 'euclidean' | 'causal';
export const innerProducts = ['euclidean', 'causal'] as const satisfies readonly InnerProduct[];

/** How many values fall into each of the equal bins between two ends; values outside count in the outermost. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: Float64Array;
}

export interface Spread {
  readonly mean: number;
  readonly sd: number;
  readonly histogram: Histogram;
}

/** What chance gives on a concept's direction: differences of random token pairs (Park et al. 2311.03658, Fig. 2). */
export interface RandomComparison {
  /** Random pairs compared. */
  readonly pairs: number;
  /** Random tokens they are drawn from. */
  readonly tokens: number;
  /** ⟨difference, direction⟩, the paper's value. */
  readonly projection: Spread;
  /** cos(difference, direction), the same without the norms. */
  readonly cosine: Spread;
  /** Projections of those random pairs whose differences are as long as the concept's; `null` where there are none such. */
  readonly normMatched: Spread | null;
}

export interface LeaveOneOut {
  /** Mean of the cosines. */
  readonly mean: number | null;
  /** Each difference against the direction of the others; NaN where undefined. */
  readonly cosines: Float64Array;
  /** The same as projections on that direction at unit length: the paper's value. */
  readonly projections: Float64Array;
  /** Bootstrap interval over pairs for the mean; `null` with fewer than five cosines, for principal directions, or with no resamples. */
  readonly interval: {
    readonly low: number;
    readonly high: number;
    readonly level: number;
    readonly resamples: number;
  } | null;
  /** Positions of pairs that stand apart from the rest (modified z-score of the cosine beyond 3.5). */
  readonly outliers: readonly number[];
}

/**
 * Are these pairs more parallel than the same words paired at random? Statistic: the mean leave-one-out cosine with the
 * mean direction; targets are permuted against bases.
 */
export interface PermutationTest {
  readonly p: number;
  /** Benjamini–Hochberg across the concepts of this result, in this inner product. */
  readonly q: number;
  /** The smallest p that could come out. */
  readonly resolution: number;
  readonly permutations: number;
  /** All permutations, not a random choice of them. */
  readonly exact: boolean;
  /** Pairs tested: of very large concepts a random choice. */
  readonly pairs: number;
}

/** Geometry of one concept in one inner product. Positions count the kept pairs only, in their order. */
export interface ConceptGeometry extends ConceptNumbers {
  readonly leaveOneOut: LeaveOneOut;
  /** cos(difference, direction of all pairs): it counts the pair itself. */
  readonly withDirection: Float64Array;
  /** Of each difference. */
  readonly norms: Float64Array;
  /** `null` if none were asked for or the concept has no direction. */
  readonly random: RandomComparison | null;
  /** `null` with fewer than two pairs, or if none were asked for. */
  readonly permutation: PermutationTest | null;
  /**
   * Pair × pair cosines, `[kept, kept]`. Above {@link largestPairMap} pairs each cell is the mean over a block of
   * {@link pairsPerCell} × pairsPerCell pairs, self-pairs left out.
   */
  readonly pairwise: Matrix;
  readonly pairsPerCell: number;
}

/** The concepts' directions against each other. All matrices `[concepts, concepts]`, symmetric. */
export interface DirectionGeometry {
  /** Those with a direction. */
  readonly concepts: readonly string[];
  readonly cosine: Matrix;
  /** Mean cosine between individual differences; self-pairs left out on the diagonal (Jiang et al. 2403.03867, Fig. 3). */
  readonly differenceCosine: Matrix;
  /** Its diagonal with self-pairs, as the paper has it. */
  readonly differenceSelfCosine: Float64Array;
  readonly offDiagonal: OffDiagonal | null;
  /** Tokens that two concepts' kept pairs have in common; on the diagonal all of a concept. */
  readonly sharedTokens: Matrix;
  /** Against directions of random concepts of the same sizes that share tokens as these do; `null` without random pairs. */
  readonly chance: DirectionChance | null;
}

/** Every two different concepts that have tokens in common. */
export function sharingPairs(sharedTokens: Matrix): readonly (readonly [row: number, column: number])[] {
  const { rows, data } = sharedTokens;
  return Array.from({ length: rows }, (_, i) => i).flatMap((i) =>
    Array.from({ length: rows - i - 1 }, (_, offset) => [i, i + 1 + offset] as const).filter(
      ([row, column]) => data[row * rows + column]! > 0,
    ),
  );
}

/** Of |cosine| off the diagonal. */
export interface OffDiagonal {
  readonly mean: number;
  readonly largest: number;
  /** Rows of the largest. */
  readonly pair: readonly [number, number];
}

export interface DirectionChance {
  /** Share of random concept pairs whose |cosine| is at least as large; NaN on the diagonal. */
  readonly p: Matrix;
  /** Benjamini–Hochberg across all pairs of concepts. */
  readonly q: Matrix;
  /** Below this |cosine| 95 % of random concept pairs of these sizes, which share tokens alike, lie. */
  readonly quantile95: Matrix;
  readonly resolution: number;
}

/** The covariance behind the causal inner product. */
export interface CovarianceSummary {
  /** Rows of U it was taken over. */
  readonly vocabSize: number;
  /** What was added to the diagonal, as a share of its mean; 0 if nothing was. */
  readonly ridge: number;
  /** Why there is a ridge: one sentence. */
  readonly ridgeReason: string | null;
  /** Estimate of the largest over the smallest eigenvalue, with the ridge. */
  readonly condition: number;
  /** Whether it came from the cache on disk. */
  readonly cached: boolean;
}

/** Above this many kept pairs the pair × pair map shows means over blocks. */
export const largestPairMap = 1000;
