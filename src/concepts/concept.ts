import { UserError } from '../errors';
/** Two words that differ in one concept: king → queen. */
export interface CounterfactualPair {
  readonly base: string;
  readonly target: string;
}

/** A named set of counterfactual pairs, in the order in which they were given. */
export interface Concept {
  readonly name: string;
  readonly pairs: readonly CounterfactualPair[];
  /** Free words of the author; the product keeps them and makes nothing of them. */
  readonly note?: string;
}

/** "king → queen", as every face of the product writes a pair. */
export function pairLabel(pair: CounterfactualPair): string {
  return `${pair.base} → ${pair.target}`;
}

/**
 * A pair as {@link pairLabel} writes it, or with a plain arrow.
 *
 * @throws UserError if these are not two words
 */
export function pairFromLabel(text: string): CounterfactualPair {
  const words = text.split(/→|->/u).map((word) => word.trim());
  const [base, target] = words;
  if (words.length !== 2 || !base || !target) throw new UserError('Write two words, such as king → queen.');
  if (words.some((word) => word.length > longestWord))
    throw new UserError(`A word must not be longer than ${longestWord} characters.`);
  return { base, target };
}

export function isSamePair(a: CounterfactualPair, b: CounterfactualPair): boolean {
  return a.base === b.base && a.target === b.target;
}

export function swappedPair({ base, target }: CounterfactualPair): CounterfactualPair {
  return { base: target, target: base };
}

/** A key that two pairs share only if they are the same. */
export function pairKey({ base, target }: CounterfactualPair): string {
  return JSON.stringify([base, target]);
}

/** No word is longer; what is, was selected by mistake. In UTF-16 units. */
export const longestWord = 200;
