import { gramOf } from './gram';
import { matrix, type Matrix } from './matrix';
import { clampCosine, dot } from './vector';
import { rowNorms, weightedSum } from './weightedSum';

/*
 * Parallelism of the differences of one concept. Every function takes differences `[pairs, hidden]`, or their summary by
 * summarizeDifferences, and measures in the Euclidean inner product; another inner product is a linear map applied to the
 * differences beforehand. A zero difference (two tokens with the same row) has no direction: its cosines are NaN and no mean
 * counts it.
 */

/** Summary of a concept's differences, sufficient for means of cosines. */
export interface DifferencesSummary {
  /** ‖δᵢ‖. `[pairs]` */
  readonly norms: Float64Array;
  /** Sum of the differences at unit length. `[hidden]` */
  readonly unitSum: Float64Array;
  /** Number of non-zero differences. */
  readonly defined: number;
}

/** Summarizes differences in one pass, for the means below. */
export function summarizeDifferences(differences: Matrix): DifferencesSummary {
  const norms = rowNorms(differences);
  const unitSum = weightedSum(
    differences,
    norms.map((length) => (length > 0 ? 1 / length : 0)),
  );
  return { norms, unitSum, defined: norms.filter((length) => length > 0).length };
}

/** cos(δᵢ, δⱼ) of all differences: symmetric `[pairs, pairs]` with ones on the diagonal. */
export function pairwiseCosine(differences: Matrix): Matrix {
  return pairwiseFromGram(gramOf(differences));
}

/**
 * cos(δᵢ, δⱼ) from the lower triangle of ⟨δᵢ, δⱼ⟩ `[n, n]`: symmetric, with ones on the diagonal; NaN in rows and columns of
 * zero differences.
 */
export function pairwiseFromGram(gram: Matrix): Matrix {
  const n = gram.rows;
  const data = new Float64Array(n * n);
  const lengths = Float64Array.from({ length: n }, (_, i) => {
    const square = gram.data[i * n + i]!;
    return square > 0 ? Math.sqrt(square) : NaN;
  });
  for (let i = 0; i < n; i++) {
    data[i * n + i] = Number.isNaN(lengths[i]!) ? NaN : 1;
    for (let j = 0; j < i; j++) {
      const value = clampCosine(gram.data[i * n + j]! / lengths[i]! / lengths[j]!);
      data[i * n + j] = value;
      data[j * n + i] = value;
    }
  }
  return matrix(n, n, data);
}

/**
 * A coarse map of cos(δᵢ, δⱼ): cell (a, b) is the mean over i in block a and j in block b, where a block is
 * `pairsPerCell` consecutive pairs (the last may be smaller), without self-pairs. It needs only the sums of the blocks.
 *
 * @param differences `[pairs, hidden]`
 * @returns symmetric `[blocks, blocks]`; NaN where there is nothing to average: for a block of zero differences, and on the
 *   diagonal for a block with fewer than two non-zero ones
 */
export function blockwisePairwise(differences: Matrix, pairsPerCell: number): Matrix {
  const { rows, columns, data } = differences;
  const cells = Math.ceil(rows / pairsPerCell);
  const blocks = Array.from({ length: cells }, (_, cell) => {
    const [from, to] = [cell * pairsPerCell, Math.min(rows, (cell + 1) * pairsPerCell)];
    return summarizeDifferences(matrix(to - from, columns, data.subarray(from * columns, to * columns)));
  });
  const means = new Float64Array(cells * cells);
  blocks.forEach((block, a) => {
    means[a * cells + a] = meanPairwiseCosineOf(block) ?? NaN;
    for (let b = 0; b < a; b++) {
      const mean = meanCrossCosine(block, blocks[b]!);
      means[a * cells + b] = mean;
      means[b * cells + a] = mean;
    }
  });
  return matrix(cells, cells, means);
}

/**
 * Mean of cos(δᵢ, δⱼ) over i ≠ j (Jiang et al. 2403.03867, §5, measure U), in time linear in the number of pairs:
 * the sum over all i, j is ‖Σ unit δᵢ‖². `null` with fewer than two non-zero differences.
 */
export function meanPairwiseCosine(differences: Matrix): number | null {
  return meanPairwiseCosineOf(summarizeDifferences(differences));
}

/**
 * The same from a summary of the differences.
 *
 * @param includeSelf includes i = j, as in Fig. 3 of the paper; one non-zero difference is then enough
 */
export function meanPairwiseCosineOf(
  { unitSum, defined }: DifferencesSummary,
  includeSelf = false,
): number | null {
  const sum = dot(unitSum, unitSum);
  if (includeSelf) return defined === 0 ? null : clampCosine(sum / defined ** 2);
  return defined < 2 ? null : clampCosine((sum - defined) / (defined * (defined - 1)));
}

/** Mean of cos(δᵢ, εⱼ) over the differences of two concepts (Jiang et al. 2403.03867, Fig. 3). NaN if either has none. */
export function meanCrossCosine(a: DifferencesSummary, b: DifferencesSummary): number {
  return a.defined === 0 || b.defined === 0
    ? NaN
    : clampCosine(dot(a.unitSum, b.unitSum) / (a.defined * b.defined));
}

/** Mean of the defined values; `null` if there are none. */
export function meanOfDefined(values: Float64Array): number | null {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

/**
 * (tr K)² / ‖K‖²_F = (Σλ)² / Σλ², the participation ratio of the eigenvalues of a Gram matrix `[n, n]`: 1 if all differences
 * are parallel, n if all are orthogonal and of equal length. `null` if all are zero or there are none.
 */
export function effectiveRank(gram: Matrix): number | null {
  let trace = 0;
  let squares = 0;
  for (let i = 0; i < gram.rows; i++) trace += gram.data[i * gram.columns + i]!;
  for (const value of gram.data) squares += value * value;
  return trace > 0 ? trace ** 2 / squares : null;
}
