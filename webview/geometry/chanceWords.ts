import { t } from '@vscode/l10n';
import { formatCosine, formatCount } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { RandomComparison, Spread } from '../../src/protocol/geometryResult';
import { formatPercent } from '../../src/format/statistics';
import { shareAtLeast, type ShareAtLeast } from '../charts/histogram';

/** Share of random pairs beyond which a pair is not what chance gives. */
const rare = 0.01;

/** How many of the pairs chance would hardly give, and what chance that is. */
export function chanceSummary(
  { histogram, mean, sd }: Spread,
  { pairs, tokens }: Pick<RandomComparison, 'pairs' | 'tokens'>,
  values: Float64Array,
): string {
  const defined = values.filter((value) => !Number.isNaN(value));
  if (pairs === 0) return t('The random pairs are missing.');
  if (defined.length === 0)
    return t`The pairs’ values are missing; ${plural(pairs, 'random pair')} (drawn from ${plural(tokens, 'token')}) have mean ${formatCosine(mean)} ± ${formatCosine(sd)}.`;
  const beyond = defined.filter((value) => isBeyond(shareAtLeast(histogram, value))).length;
  const [n, of] = [formatCount(beyond), plural(defined.length, 'pair')];
  const most = formatPercent(1 - rare);
  const [random, drawnFrom] = [plural(pairs, 'random pair'), plural(tokens, 'token')];
  const randomMean = `${formatCosine(mean)} ± ${formatCosine(sd)}`;
  return beyond === 1
    ? t`${n} of ${of} lies beyond ${most} of ${random} (drawn from ${drawnFrom}); random mean ${randomMean}.`
    : t`${n} of ${of} lie beyond ${most} of ${random} (drawn from ${drawnFrom}); random mean ${randomMean}.`;
}

/** "0.3 % of 100,000 random pairs are as large" */
export function shareWords({ share, isBound }: ShareAtLeast, pairs: number): string {
  const all = plural(pairs, 'random pair');
  if (share * pairs < 0.5) return t`none of ${all} is as large`;
  return isBound
    ? t`at most ${formatPercent(share)} of ${all} are as large`
    : t`about ${formatPercent(share)} of ${all} are as large`;
}

function isBeyond({ share }: ShareAtLeast): boolean {
  return share <= rare;
}
