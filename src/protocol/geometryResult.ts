import type { ConceptNumbers } from '../geometry/conceptFormulas';
import type { Matrix } from '../geometry/matrix';

/** ⟨u, v⟩ = uᵀv, or uᵀ Cov(γ)⁻¹ v (Park et al. 2311.03658, Def. 3.1 and Thm. 3.4). */
export type InnerProduct = 'euclidean' | 'causal';
export const innerProducts = ['euclidean', 'causal'] as const satisfies readonly InnerProduct[];

/** Number of values in each of the equal bins between `from` and `to`; values outside count in the outermost bins. */
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
  /** Number of random pairs. */
  readonly pairs: number;
  /** Number of random tokens that the pairs are drawn from. */
  readonly tokens: number;
  /** ⟨difference, direction⟩, the paper's value. */
  readonly projection: Spread;
  /** cos(difference, direction), the projection without the norms. */
  readonly cosine: Spread;
  /** Projections of the random pairs whose differences are as long as the concept's; `null` if there are none. */
  readonly normMatched: Spread | null;
}

export interface LeaveOneOut {
  /** Mean of the cosines. */
  readonly mean: number | null;
  /** Each difference with the direction of the others; NaN where undefined. */
  readonly cosines: Float64Array;
  /** Projection of each difference on the unit direction of the others: the paper's value. */
  readonly projections: Float64Array;
  /**
   * Bootstrap interval over pairs for the mean; `null` with fewer than five cosines, for principal directions, or without
   * resamples.
   */
  readonly interval: {
    readonly low: number;
    readonly high: number;
    readonly level: number;
    readonly resamples: number;
  } | null;
  /** Positions of outliers among the pairs (modified z-score of the cosine beyond 3.5). */
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
  /** The smallest possible p. */
  readonly resolution: number;
  readonly permutations: number;
  /** Whether all permutations were enumerated instead of sampled. */
  readonly exact: boolean;
  /** Number of tested pairs: for very large concepts a random subset. */
  readonly pairs: number;
}

/** Geometry of one concept in one inner product. Positions count only the kept pairs, in their order. */
export interface ConceptGeometry extends ConceptNumbers {
  readonly leaveOneOut: LeaveOneOut;
  /** cos(difference, direction of all pairs); the direction includes the pair itself. */
  readonly withDirection: Float64Array;
  /** Norm of each difference. */
  readonly norms: Float64Array;
  /** `null` if no random pairs were requested or the concept has no direction. */
  readonly random: RandomComparison | null;
  /** `null` with fewer than two pairs, or if no permutations were requested. */
  readonly permutation: PermutationTest | null;
  /**
   * Pair × pair cosines, `[kept, kept]`. Above {@link largestPairMap} pairs each cell is the mean over a block of {@link
   * pairsPerCell} × pairsPerCell pairs, without self-pairs.
   */
  readonly pairwise: Matrix;
  readonly pairsPerCell: number;
}

/** The concepts' directions compared with each other. All matrices are `[concepts, concepts]` and symmetric. */
export interface DirectionGeometry {
  /** The concepts that have a direction. */
  readonly concepts: readonly string[];
  readonly cosine: Matrix;
  /** Mean cosine between individual differences; the diagonal leaves out self-pairs (Jiang et al. 2403.03867, Fig. 3). */
  readonly differenceCosine: Matrix;
  /** The diagonal with self-pairs, as in the paper. */
  readonly differenceSelfCosine: Float64Array;
  readonly offDiagonal: OffDiagonal | null;
  /** Number of tokens that the kept pairs of two concepts share; on the diagonal, the number of tokens of the concept. */
  readonly sharedTokens: Matrix;
  /**
   * Compared with directions of random concepts that have the same sizes and share tokens in the same way; `null` without
   * random pairs.
   */
  readonly chance: DirectionChance | null;
}

/** All pairs of different concepts that share tokens. */
export function sharingPairs(sharedTokens: Matrix): readonly (readonly [row: number, column: number])[] {
  const { rows, data } = sharedTokens;
  return Array.from({ length: rows }, (_, i) => i).flatMap((i) =>
    Array.from({ length: rows - i - 1 }, (_, offset) => [i, i + 1 + offset] as const).filter(
      ([row, column]) => data[row * rows + column]! > 0,
    ),
  );
}

/** Statistics of |cosine| off the diagonal. */
export interface OffDiagonal {
  readonly mean: number;
  readonly largest: number;
  /** Rows of the two concepts with the largest value. */
  readonly pair: readonly [number, number];
}

export interface DirectionChance {
  /** Share of random concept pairs whose |cosine| is at least as large; NaN on the diagonal. */
  readonly p: Matrix;
  /** Benjamini–Hochberg across all pairs of concepts. */
  readonly q: Matrix;
  /** 95th percentile of |cosine| over random concept pairs of these sizes that share tokens in the same way. */
  readonly quantile95: Matrix;
  readonly resolution: number;
}

/** The covariance behind the causal inner product. */
export interface CovarianceSummary {
  /** Number of rows of U in the covariance. */
  readonly vocabSize: number;
  /** Value added to the diagonal, as a share of the diagonal's mean; 0 if nothing was added. */
  readonly ridge: number;
  /** Why a ridge was added: one sentence. */
  readonly ridgeReason: string | null;
  /** Estimated ratio of the largest to the smallest eigenvalue, with the ridge. */
  readonly condition: number;
  /** Whether it was read from the cache on disk. */
  readonly cached: boolean;
}

/** Fewer leave-one-out cosines do not show how much pairs vary. */
export const fewestForInterval = 5;

/** Above this number of kept pairs the pair × pair map shows means over blocks. */
export const largestPairMap = 1000;
