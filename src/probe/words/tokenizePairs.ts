import type { CounterfactualPair } from '../../concepts/concept';
import { chosenIds, type TokenPolicy, type TokenRule } from '../../concepts/tokenRule';
import type { WordTokenizer } from '../../model/tokenizer/wordTokenizer';
import type { PairResult } from '../../protocol/probeResult';
import { statusOfTokens } from '../../protocol/statusOfTokens';

/**
 * Tokenizes both words of each pair and determines whether the pair counts (Park et al. 2311.03658, App. B: only single
 * tokens with different ids, which is the default rule). Every pair keeps its position; a dropped pair's status says why.
 * Two pairs are the same if the token rule chooses the same tokens for them, however their words are written.
 */
export function tokenizePairs(
  pairs: readonly CounterfactualPair[],
  tokenizer: WordTokenizer,
  rule: TokenRule,
): PairResult[] {
  const kept = new Map<string, CounterfactualPair>();
  return pairs.map(({ base, target, leftOut }) => {
    const { ids: baseIds, pieces: basePieces } = tokenizer.tokens(base, rule.leadingSpace);
    const { ids: targetIds, pieces: targetPieces } = tokenizer.tokens(target, rule.leadingSpace);
    const status = leftOut ? 'left-out' : statusOfTokens(baseIds, targetIds, rule);
    const pair = { base, target, baseIds, targetIds, basePieces, targetPieces, status };
    if (status !== 'kept') return pair;
    const same = kept.get(tokensKey(pair, rule.policy));
    if (same) return { ...pair, status: 'duplicate', repeats: same };
    const swapped = kept.get(tokensKey(pair, rule.policy, true));
    if (swapped) return { ...pair, status: 'swapped', repeats: swapped };
    kept.set(tokensKey(pair, rule.policy), { base, target });
    return pair;
  });
}

/** Two pairs have the same key only if their words have the same chosen tokens. */
export function tokensKey(
  { baseIds, targetIds }: Pick<PairResult, 'baseIds' | 'targetIds'>,
  policy: TokenPolicy,
  isSwapped = false,
): string {
  const ends = [baseIds, targetIds].map((ids) => chosenIds(ids, policy).join());
  return (isSwapped ? ends.reverse() : ends).join('>');
}
