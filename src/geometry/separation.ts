import { mean, variance } from './moments';

/** A number with its confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** How far a measure separates two sets of values. */
export interface Separation {
  /** P(a value of the second set > one of the first), ties counted half: the area under the ROC curve. */
  readonly auc: Estimate;
  /** (mean₂ − mean₁) / pooled standard deviation; `null` if the values do not vary or a set has fewer than two. */
  readonly dPrime: Estimate | null;
}

/** The normal quantile of a two-sided 95 % interval. */
const z = 1.959963984540054;
const level = 0.95;

/**
 * AUC with Newcombe's interval, and d′ with its large-sample interval.
 *
 * AUC: Hanley & McNeil's variance at the bound instead of at the estimate (Newcombe 2006, method 5), which also has an
 * interval where the sets do not overlap. d′: Hedges & Olkin 1985, variance (m + n)/mn + d²/2(m + n).
 *
 * @param first values of the set that should have the smaller ones
 * @returns `null` if a set is empty
 */
export function separation(first: Float64Array, second: Float64Array): Separation | null {
  const [m, n] = [first.length, second.length];
  if (m === 0 || n === 0) return null;
  const value = aucOf(first, second);
  const auc = { value, low: aucBound(value, m, n, -1), high: aucBound(value, m, n, 1), level };
  return { auc, dPrime: dPrimeOf(first, second) };
}

/** By ranks: O((m + n) log(m + n)). */
function aucOf(first: Float64Array, second: Float64Array): number {
  const low = first.toSorted();
  const high = second.toSorted();
  let [below, notAbove, wins] = [0, 0, 0];
  for (const value of high) {
    while (below < low.length && low[below]! < value) below++;
    while (notAbove < low.length && low[notAbove]! <= value) notAbove++;
    wins += (below + notAbove) / 2;
  }
  return wins / (low.length * high.length);
}

/** θ with |θ − AUC| = z·SE(θ), by bisection: the side `sign` of the estimate. */
function aucBound(auc: number, m: number, n: number, sign: -1 | 1): number {
  let [inside, outside] = [auc, sign < 0 ? 0 : 1];
  for (let step = 0; step < 60; step++) {
    const middle = (inside + outside) / 2;
    if (Math.abs(middle - auc) <= z * standardError(middle, m, n)) inside = middle;
    else outside = middle;
  }
  return (inside + outside) / 2;
}

/** Hanley & McNeil 1982, with the two sizes averaged as Newcombe proposes. */
function standardError(auc: number, m: number, n: number): number {
  const size = (m + n) / 2 - 1;
  const shape = 1 + (size * (1 - auc)) / (2 - auc) + (size * auc) / (1 + auc);
  return Math.sqrt((auc * (1 - auc) * shape) / (m * n));
}

function dPrimeOf(first: Float64Array, second: Float64Array): Estimate | null {
  const [m, n] = [first.length, second.length];
  if (m < 2 || n < 2) return null;
  const pooled = Math.sqrt(((m - 1) * variance(first) + (n - 1) * variance(second)) / (m + n - 2));
  if (!(pooled > 0)) return null;
  const value = (mean(second) - mean(first)) / pooled;
  const error = Math.sqrt((m + n) / (m * n) + value ** 2 / (2 * (m + n)));
  return { value, low: value - z * error, high: value + z * error, level };
}
