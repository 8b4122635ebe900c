import { t } from '@vscode/l10n';
import { leftOutPairs, type ConceptResult, type PairResult } from '../protocol/probeResult';
import { meanLeaveOneOut } from './conceptMetrics';
import { formatCosine, formatCount } from './numbers';
import { plural } from './plural';
import { inShownProduct } from './shownProduct';

/** "12 of 14 pairs, 0.45, 1 left out": what stands over a concept in its file. */
export function conceptSummary(result: ConceptResult | undefined, isOutdated: boolean): string {
  if (!result) return t('Not computed yet');
  const { kept, given } = result;
  const mean = meanLeaveOneOut.value(inShownProduct(result).value);
  const pairs =
    given === 1 ? t`${kept} of ${formatCount(given)} pair` : t`${kept} of ${formatCount(given)} pairs`;
  const summary = [pairs, ...(mean === null ? [] : [formatCosine(mean)]), ...leftOutText(result)].join(', ');
  return isOutdated ? t`${summary} (before the latest change)` : summary;
}

/** "1 left out", if the concept file leaves out pairs: they are in no count of pairs. */
export function leftOutText(concept: ConceptResult): readonly string[] {
  const count = leftOutPairs(concept).length;
  return count === 0 ? [] : [t`${formatCount(count)} left out`];
}

/** How many pairs are counted, where there are fewer than two. */
export function fewKeptText(kept: number, given: number): string {
  if (given === 0) return t('There are no pairs yet.');
  if (given === 1) return kept === 1 ? t('There is one pair.') : t('The only pair is not counted.');
  return kept === 0
    ? t`None of the ${plural(given, 'pair')} is counted.`
    : t`Only one of the ${plural(given, 'pair')} is counted.`;
}

/** "▁king 6989", "▁prin 544 + cess 985" or "no token" for each word of a pair. */
export function pairTokens(pair: PairResult): readonly [base: string, target: string] {
  return [tokensText(pair.basePieces, pair.baseIds), tokensText(pair.targetPieces, pair.targetIds)];
}

function tokensText(pieces: readonly string[], ids: readonly number[]): string {
  return pieces.map((piece, i) => `${piece} ${ids[i] ?? ''}`).join(' + ') || t('no token');
}
