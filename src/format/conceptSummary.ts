import type { ConceptResult, PairResult } from '../protocol/probeResult';
import { meanLeaveOneOut } from './conceptMetrics';
import { formatCosine } from './numbers';
import { plural } from './plural';
import { inShownProduct } from './shownProduct';

/** "12 of 14 pairs, 0.45": what stands over a concept in its file. */
export function conceptSummary(result: ConceptResult | undefined, isOutdated: boolean): string {
  if (!result) return 'Not computed yet';
  const { kept, given } = result;
  const mean = meanLeaveOneOut.value(inShownProduct(result).value);
  const parallel = mean === null ? '' : `, ${formatCosine(mean)}`;
  return `${kept} of ${plural(given, 'pair')}${parallel}${isOutdated ? ' (before the latest change)' : ''}`;
}

/** "▁king 6989", "▁prin 544 + cess 985" or "no token" for each word of a pair. */
export function pairTokens(pair: PairResult): readonly [base: string, target: string] {
  return [tokensText(pair.basePieces, pair.baseIds), tokensText(pair.targetPieces, pair.targetIds)];
}

function tokensText(pieces: readonly string[], ids: readonly number[]): string {
  return pieces.map((piece, i) => `${piece} ${ids[i] ?? ''}`).join(' + ') || 'no token';
}
