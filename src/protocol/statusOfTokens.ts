import { chosenIds, type TokenRule } from '../concepts/tokenRule';
import type { PairStatus } from './probeResult';

/** Whether two words with these tokens count as a pair, apart from the other pairs of its concept. */
export function statusOfTokens(
  baseIds: readonly number[],
  targetIds: readonly number[],
  { policy }: TokenRule,
): PairStatus {
  if (baseIds.length === 0 || targetIds.length === 0) return 'unknown';
  const [base, target] = [chosenIds(baseIds, policy), chosenIds(targetIds, policy)];
  if (base.length === 0 || target.length === 0) return 'several-tokens';
  return base.join() === target.join() ? 'same-token' : 'kept';
}
