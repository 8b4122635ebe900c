import type { Estimate, Separation } from '../../src/geometry/separation';
import { formatCosine } from '../../src/format/numbers';
import { formatPercent } from '../../src/format/statistics';

/* AUC and d′ in words. */

/** "0.93 (0.85 to 0.97)", the parentheses for a known interval. */
export function estimateText(estimate: Estimate | null | undefined): string {
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  return low === null || high === null
    ? formatCosine(value, 2)
    : `${formatCosine(value, 2)} (${formatCosine(low, 2)} to ${formatCosine(high, 2)})`;
}

/** "95 % interval 0.85 to 0.97" */
export function estimateInterval(estimate: Estimate | null | undefined): string {
  if (!estimate) return 'missing';
  const { low, high, level } = estimate;
  return low === null || high === null
    ? 'no interval'
    : `${formatPercent(level)} interval ${formatCosine(low, 2)} to ${formatCosine(high, 2)}`;
}

/** Both in a few words, for small charts. */
export function separationText(separation: Separation | null): string {
  return separation
    ? `AUC ${estimateText(separation.auc)}, d′ ${estimateText(separation.dPrime)}`
    : 'AUC and d′ are missing';
}
