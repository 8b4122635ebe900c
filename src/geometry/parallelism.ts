import { matrix, row, type Matrix } from './matrix';
import { cosine, dot, norm } from './vector';

/*
 * How parallel the differences of one concept are. Every function takes differences `[pairs, hidden]` and measures
 * in the Euclidean inner product; another inner product is a linear map of the differences beforehand.
 * A zero difference (two tokens with the same row) has no direction: its cosines are NaN and no mean counts it.
 */

/** Vectors come in single precision: a sum this small beside its parts is their rounding, not a direction. */
const negligible = 1e-6;

/** cos(δᵢ, δⱼ) of all differences: symmetric `[pairs, pairs]` with ones on the diagonal. */
export function pairwiseCosine(differences: Matrix): Matrix {
  const n = differences.rows;
  const units = unitRows(differences);
  const data = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const isZero = isZeroRow(units, i);
    data[i * n + i] = isZero ? NaN : 1;
    for (let j = 0; j < i; j++) {
      const value = isZero || isZeroRow(units, j) ? NaN : clamp(dot(row(units, i), row(units, j)));
      data[i * n + j] = value;
      data[j * n + i] = value;
    }
  }
  return matrix(n, n, data);
}

/**
 * Mean of cos(δᵢ, δⱼ) over i ≠ j (Jiang et al. 2403.03867, §5, measure U), in time linear in the number of pairs:
 * the sum over all i, j is ‖Σ unit δᵢ‖². `null` with fewer than two non-zero differences.
 */
export function meanPairwiseCosine(differences: Matrix): number | null {
  const units = unitRows(differences);
  const sum = sumOfRows(units);
  let n = 0;
  for (let i = 0; i < units.rows; i++) if (!isZeroRow(units, i)) n++;
  return n < 2 ? null : clamp((dot(sum, sum) - n) / (n * (n - 1)));
}

/**
 * cos(δᵢ, Σ_{j≠i} δⱼ): each difference against the direction of all the others (Park et al. 2311.03658, §4.1, as a
 * cosine instead of a projection). `[pairs]`; NaN where undefined, so everywhere for a single pair.
 */
export function leaveOneOutCosines(differences: Matrix): Float64Array {
  const sum = sumOfRows(differences);
  const others = new Float64Array(differences.columns);
  const lengths = sumOfLengths(differences);
  return Float64Array.from({ length: differences.rows }, (_, i) => {
    const difference = row(differences, i);
    for (let j = 0; j < others.length; j++) others[j] = sum[j]! - difference[j]!;
    return norm(others) > negligible * (lengths - norm(difference)) ? cosine(difference, others) : NaN;
  });
}

/**
 * The concept direction: the mean of the differences at unit length, γ̄_W (Park et al. 2311.03658, §4.1). `[hidden]`;
 * all zero if the differences cancel or there are none.
 */
export function conceptDirection(differences: Matrix): Float64Array {
  const sum = sumOfRows(differences);
  const length = norm(sum);
  const isNothing = length <= negligible * sumOfLengths(differences);
  return sum.map((value) => (isNothing ? 0 : value / length));
}

/** cos(δᵢ, direction) of every difference. `[pairs]`. */
export function cosinesWith(direction: Float64Array, differences: Matrix): Float64Array {
  return Float64Array.from({ length: differences.rows }, (_, i) => cosine(row(differences, i), direction));
}

/** Mean of the defined values; `null` if there are none. */
export function meanOfDefined(values: Float64Array): number | null {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.length === 0 ? null : defined.reduce((sum, value) => sum + value, 0) / defined.length;
}

function unitRows(source: Matrix): Matrix {
  const data = new Float64Array(source.data.length);
  for (let i = 0; i < source.rows; i++) {
    const values = row(source, i);
    const length = norm(values);
    if (length === 0) continue;
    for (let j = 0; j < values.length; j++) data[i * source.columns + j] = values[j]! / length;
  }
  return matrix(source.rows, source.columns, data);
}

function sumOfLengths(source: Matrix): number {
  let sum = 0;
  for (let i = 0; i < source.rows; i++) sum += norm(row(source, i));
  return sum;
}

function sumOfRows(source: Matrix): Float64Array {
  const sum = new Float64Array(source.columns);
  for (let i = 0; i < source.rows; i++) {
    const values = row(source, i);
    for (let j = 0; j < sum.length; j++) sum[j]! += values[j]!;
  }
  return sum;
}

function isZeroRow(source: Matrix, index: number): boolean {
  return row(source, index).every((value) => value === 0);
}

function clamp(value: number): number {
  return Math.max(-1, Math.min(1, value));
}
