import type { ExperimentMeasure, MeanValue } from './experimentMeasures';

/** The smallest x at which a measure exceeds `level`; predicted: it does at the line's own value on its axis. */
export interface SmallestRule {
  readonly kind: 'smallest';
  readonly measure: ExperimentMeasure;
  readonly level: number;
}

/**
 * Which lines have a lower measure than `reference`, each where its loss is lowest.
 *
 * A line whose excess loss exceeds `converged` nats there is not compared.
 */
export interface CompareRule {
  readonly kind: 'compare';
  readonly measure: ExperimentMeasure;
  readonly reference: string;
  /** Lines that are predicted to be lower; the others are predicted not to be. */
  readonly lower: readonly string[];
  /** Differences up to this count as none. */
  readonly margin: number;
  readonly converged: number;
}

/** How a measure changes from the first to the last x of each line, beyond `margin`. */
export interface TrendRule {
  readonly kind: 'trend';
  readonly measure: ExperimentMeasure;
  readonly predicted: 'falls' | 'rises' | 'stays';
  readonly margin: number;
  /** What the first and the last x are, in the sentence. */
  readonly from: string;
  readonly to: string;
}

/** How a finding follows from the numbers, as plain data. */
export type FindingRule = SmallestRule | CompareRule | TrendRule;

/** What was found, and whether that is what was predicted; `open`: the numbers decide neither. */
export interface Finding {
  readonly verdict: 'predicted' | 'contradicted' | 'open';
  readonly sentence: string;
}

/** A mean closer to a threshold than this many standard errors is on neither side of it. */
export const clearErrors = 2;

/** Whether a mean is too close to a threshold to tell on which side it is; always, if it is of one run. */
export function isWithin({ mean, standardError }: MeanValue, threshold: number): boolean {
  return !(Math.abs(mean - threshold) > clearErrors * standardError);
}

/** a − b, with its standard error. */
export function difference(a: MeanValue, b: MeanValue): MeanValue {
  return { mean: a.mean - b.mean, standardError: Math.hypot(a.standardError, b.standardError) };
}

/** "m=3, m=4" */
export function labelsOf(ones: readonly { readonly label: string }[]): string {
  return ones.map(({ label }) => label).join(', ');
}

/** "0.972 ± 0.006" */
export function meanText({ mean, standardError }: MeanValue): string {
  const text = `${mean < 0 ? '−' : ''}${Math.abs(mean).toFixed(3)}`;
  return Number.isNaN(standardError) ? text : `${text} ± ${standardError.toFixed(3)}`;
}
