import type { CounterfactualPair } from './concept';

/** A named set of pairs of contexts that differ in one concept; the words of a pair are whole texts here. */
export interface ContextPairs {
  readonly name: string;
  readonly pairs: readonly CounterfactualPair[];
}

/** Single contexts with a common label, such as those in one language, for measurement. */
export interface ContextSet {
  readonly label: string;
  readonly texts: readonly string[];
}

/** Longest context in UTF-16 units: more than any model reads at once; a longer one was selected by mistake. */
export const longestContext = 20_000;
