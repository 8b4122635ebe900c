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
  if (pairs === 0) return 'The random pairs are missing.';
  if (defined.length === 0)
    return `The pairs’ values are missing; ${plural(pairs, 'random pair')} (drawn from ${plural(tokens, 'token')}) have mean ${formatCosine(mean)} ± ${formatCosine(sd)}.`;
  const beyond = defined.filter((value) => isBeyond(shareAtLeast(histogram, value))).length;
  return (
    `${formatCount(beyond)} of ${plural(defined.length, 'pair')} ${beyond === 1 ? 'lies' : 'lie'} beyond ` +
    `${formatPercent(1 - rare)} of ${plural(pairs, 'random pair')} (drawn from ${plural(tokens, 'token')}); ` +
    `random mean ${formatCosine(mean)} ± ${formatCosine(sd)}.`
  );
}

/** "0.3 % of 100,000 random pairs are as large" */
export function shareWords({ share, isBound }: ShareAtLeast, pairs: number): string {
  const all = plural(pairs, 'random pair');
  if (share * pairs < 0.5) return `none of ${all} is as large`;
  return `${isBound ? 'at most' : 'about'} ${formatPercent(share)} of ${all} are as large`;
}

function isBeyond({ share }: ShareAtLeast): boolean {
  return share <= rare;
}
