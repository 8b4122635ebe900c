import type { ExperimentMeasure, MeanValue } from './experimentMeasures';

/** The smallest x at which a measure exceeds `level`; predicted: it does at the line's own value on its axis. */
export interface SmallestRule {
  readonly kind: 'smallest';
  readonly measure: ExperimentMeasure;
  readonly level: number;
}

/** How a finding follows from the numbers, as plain data. */
export type FindingRule = SmallestRule;

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
