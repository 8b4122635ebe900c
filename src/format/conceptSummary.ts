import { t } from '@vscode/l10n';
import type { ConceptResult, PairResult } from '../protocol/probeResult';
import { meanLeaveOneOut } from './conceptMetrics';
import { formatCosine, formatCount } from './numbers';
import { inShownProduct } from './shownProduct';

/** "12 of 14 pairs, 0.45": what stands over a concept in its file. */
export function conceptSummary(result: ConceptResult | undefined, isOutdated: boolean): string {
  if (!result) return t('Not computed yet');
  const { kept, given } = result;
  const mean = meanLeaveOneOut.value(inShownProduct(result).value);
  const pairs =
    given === 1 ? t`${kept} of ${formatCount(given)} pair` : t`${kept} of ${formatCount(given)} pairs`;
  const summary = mean === null ? pairs : `${pairs}, ${formatCosine(mean)}`;
  return isOutdated ? t`${summary} (before the latest change)` : summary;
}

/** "▁king 6989", "▁prin 544 + cess 985" or "no token" for each word of a pair. */
export function pairTokens(pair: PairResult): readonly [base: string, target: string] {
  return [tokensText(pair.basePieces, pair.baseIds), tokensText(pair.targetPieces, pair.targetIds)];
}

function tokensText(pieces: readonly string[], ids: readonly number[]): string {
  return pieces.map((piece, i) => `${piece} ${ids[i] ?? ''}`).join(' + ') || t('no token');
}
