import { t } from '@vscode/l10n';
import type { Estimate, Separation } from '../../src/geometry/separation';
import { formatDecimal } from '../../src/format/numbers';

/* AUC and d′ in words. */

/** "0.93 (0.85 to 0.97)" */
export function estimateText(estimate: Estimate | null | undefined): string {
  if (!estimate) return '–';
  const { value, low, high } = estimate;
  return t`${formatDecimal(value, 2)} (${formatDecimal(low, 2)} to ${formatDecimal(high, 2)})`;
}

/** Both in a few words, for small charts. */
export function separationText(separation: Separation | null): string {
  return separation
    ? t`AUC ${estimateText(separation.auc)}, d′ ${estimateText(separation.dPrime)}`
    : t('AUC and d′ are missing');
}
