import { t } from '@vscode/l10n';
import { UserError } from '../errors';
/** Two words that differ in one concept: king → queen. */
export interface CounterfactualPair {
  readonly base: string;
  readonly target: string;
  /** The pair stays in the concept file, but is left out of every number. */
  readonly leftOut?: true;
}

/** A named set of counterfactual pairs, in the order in which they were given. */
export interface Concept {
  readonly name: string;
  readonly pairs: readonly CounterfactualPair[];
  /** A remark by the author, which is shown and changes no number. */
  readonly note?: string;
}

/** "king → queen", the notation of a pair everywhere in the product. */
export function pairLabel(pair: CounterfactualPair): string {
  return `${pair.base} → ${pair.target}`;
}

/** A concept's name as typed by hand, with the arrow of {@link pairLabel}. */
export function conceptName(typed: string): string {
  return typed.trim().replaceAll(/ (?:->|=>) /gu, ' → ');
}

/**
 * Parses a pair in the notation of {@link pairLabel}, or with an ASCII arrow.
 *
 * @throws UserError if these are not two words
 */
export function pairFromLabel(text: string): CounterfactualPair {
  const words = text.split(/→|->/u).map((word) => word.trim());
  const [base, target] = words;
  if (words.length !== 2 || !base || !target)
    throw new UserError(t('Write two words, such as king → queen.'));
  if (words.some((word) => word.length > longestWord))
    throw new UserError(t`A word must not be longer than ${longestWord} characters.`);
  return { base, target };
}

export function isSamePair(a: CounterfactualPair, b: CounterfactualPair): boolean {
  return a.base === b.base && a.target === b.target;
}

export function swappedPair({ base, target }: CounterfactualPair): CounterfactualPair {
  return { base: target, target: base };
}

/** The same words, left out or included again. */
export function withLeftOut({ base, target }: CounterfactualPair, isLeftOut: boolean): CounterfactualPair {
  return isLeftOut ? { base, target, leftOut: true } : { base, target };
}

/** The pairs that are not left out. */
export function includedPairs({ pairs }: Pick<Concept, 'pairs'>): readonly CounterfactualPair[] {
  return pairs.filter(({ leftOut }) => !leftOut);
}

/** A key that is equal only for equal pairs. */
export function pairKey({ base, target }: CounterfactualPair): string {
  return JSON.stringify([base, target]);
}

/** Longest word in UTF-16 units; anything longer was selected by mistake. */
export const longestWord = 200;
