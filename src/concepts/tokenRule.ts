import { t } from '@vscode/l10n';
/**
 * How a word is represented: words must be a single token (`single`, as in Park et al. 2311.03658), or by the first or last
 * piece, or by the mean of all pieces' vectors.
 */
export type TokenPolicy = 'single' | 'first' | 'last' | 'mean';

export const tokenPolicies = ['single', 'first', 'last', 'mean'] as const satisfies readonly TokenPolicy[];

/** How words are tokenized: set in a concept file, and part of every result. */
export interface TokenRule {
  readonly policy: TokenPolicy;
  /** Whether the word is tokenized as in a text, after a space (`▁king`, `Ġking`), or as a bare `king`. */
  readonly leadingSpace: boolean;
}

export const defaultTokenRule: TokenRule = { policy: 'single', leadingSpace: true };

const policyText: Readonly<Record<TokenPolicy, string>> = {
  single: t('words of a single token'),
  first: t('first token of each word'),
  last: t('last token of each word'),
  mean: t('mean of each word’s tokens'),
};

/** "words of a single token, after a space" */
export function tokenRuleText({ policy, leadingSpace }: TokenRule): string {
  return `${policyText[policy]}, ${leadingSpace ? t('after a space') : t('without a space before')}`;
}

export function isSameTokenRule(a: TokenRule, b: TokenRule): boolean {
  return a.policy === b.policy && a.leadingSpace === b.leadingSpace;
}

/**
 * The token ids that represent a word with these ids; empty if the rule excludes it. Equal vectors have equal ids: those of
 * a mean are in ascending order, each repeated in proportion to its share of the mean.
 */
export function chosenIds(ids: readonly number[], policy: TokenPolicy): readonly number[] {
  switch (policy) {
    case 'single':
      return ids.length === 1 ? ids : [];
    case 'first':
      return ids.slice(0, 1);
    case 'last':
      return ids.slice(-1);
    case 'mean':
      return withSameMean(ids);
  }
}

/** The shortest list of ids with the same mean: `[7, 3, 7, 3]` becomes `[3, 7]`. */
function withSameMean(ids: readonly number[]): readonly number[] {
  if (ids.length < 2) return ids;
  const counts = new Map<number, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  const common = [...counts.values()].reduce(greatestCommonDivisor);
  return [...counts]
    .sort(([a], [b]) => a - b)
    .flatMap(([id, count]) => new Array<number>(count / common).fill(id));
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
