import { t } from '@vscode/l10n';
import { pairKey } from '../concepts/concept';
import { dropReason, droppedPairs, type ProbeResult } from '../protocol/probeResult';
import { isolatedPair, isolatedPairLabel } from './isolated';

/**
 * Says which pairs do not count that an earlier result of the same file and model did not have, under any concept's name.
 *
 * @returns undefined if there are none
 */
export function newDropsText(earlier: ProbeResult, result: ProbeResult): string | undefined {
  const known = new Set(earlier.concepts.flatMap(({ pairs }) => pairs.map(pairKey)));
  const [first, ...others] = result.concepts
    .flatMap(droppedPairs)
    .filter((pair) => !known.has(pairKey(pair)));
  if (!first) return undefined;
  const reason = dropReason(isolatedPair(first)) ?? '';
  const text = t`${isolatedPairLabel(first)} is not used: ${reason}`;
  return others.length === 0 ? text : t`${text} (and ${others.length} more of the new pairs)`;
}
