import { t } from '@vscode/l10n';
import type { PairResult } from '../protocol/probeResult';
import { isolated } from './isolated';

/** Why a pair does not count, in the few words that fit in a row: “2 tokens: princess”; `undefined` if it counts. */
export function shortDropReason(pair: PairResult): string | undefined {
  switch (pair.status) {
    case 'kept':
      return undefined;
    case 'left-out':
      return t('left out');
    case 'several-tokens':
      return severalTokens(pair);
    case 'same-token':
      return t('same tokens');
    case 'no-difference':
      return t('equal vectors');
    case 'unknown':
      return t`no token: ${wordsWith(pair, (count) => count === 0).words}`;
    case 'duplicate':
      return t('repeated');
    case 'swapped':
      return t('repeated, swapped');
  }
}

function severalTokens(pair: PairResult): string {
  const { words, counts } = wordsWith(pair, (count) => count > 1);
  const [count, other = count] = counts;
  return count === other ? t`${count ?? 0} tokens: ${words}` : t`several tokens: ${words}`;
}

/** The words of a pair whose number of tokens passes, and their numbers of tokens. */
function wordsWith(
  { base, target, baseIds, targetIds }: PairResult,
  passes: (count: number) => boolean,
): { readonly words: string; readonly counts: readonly number[] } {
  const found = [
    { word: base, count: baseIds.length },
    { word: target, count: targetIds.length },
  ].filter(({ count }) => passes(count));
  return {
    words: found.map(({ word }) => isolated(word)).join(', '),
    counts: found.map(({ count }) => count),
  };
}
