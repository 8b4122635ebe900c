import type { TokenPolicy } from '../../concepts/tokenRule';
import type { RowPair } from '../../geometry/differences';
import { row, type Matrix } from '../../geometry/matrix';
import { negligible } from '../../geometry/negligible';
import { distance, norm } from '../../geometry/vector';
import { keptPairs, type PairResult } from '../../protocol/probeResult';
import { tokensKey } from './tokenizePairs';

/**
 * Marks the pairs of one concept whose two vectors are equal up to rounding: different tokens can have the same row, for
 * example tokens that were never trained.
 *
 * @param kept the rows of the kept pairs
 * @param raw rows of U for the words, `[words, hidden]`
 * @returns the same list if there are none
 */
export function markEqualRows(
  pairs: readonly PairResult[],
  kept: readonly RowPair[],
  raw: Matrix,
  policy: TokenPolicy,
): readonly PairResult[] {
  const equal = keptPairs({ pairs }).filter((_, index) => {
    const [base, target] = [row(raw, kept[index]!.base), row(raw, kept[index]!.target)];
    return distance(target, base) <= negligible * (norm(base) + norm(target));
  });
  if (equal.length === 0) return pairs;
  const keys = new Set(
    equal.flatMap((pair) => [false, true].map((isSwapped) => tokensKey(pair, policy, isSwapped))),
  );
  return pairs.map((pair) => {
    // A repetition of such a pair has no difference either.
    return pair.status !== 'left-out' && keys.has(tokensKey(pair, policy))
      ? { ...pair, status: 'no-difference' }
      : pair;
  });
}
