import { pairKey, type CounterfactualPair } from '../concepts/concept';
import { chosenIds, type TokenRule } from '../concepts/tokenRule';
import type { WordTokenizer } from '../model/tokenizer';
import type { PairResult, PairStatus } from '../protocol/probeResult';

/**
 * Looks both words of each pair up and says whether the pair counts (Park et al. 2311.03658, App. B: single tokens with
 * different ids only, which is the default rule). Every pair keeps its place, dropped ones with their reason.
 */
export function cutPairs(
  pairs: readonly CounterfactualPair[],
  tokenizer: WordTokenizer,
  rule: TokenRule,
): PairResult[] {
  const seen = new Set<string>();
  return pairs.map(({ base, target }) => {
    const { ids: baseIds, pieces: basePieces } = tokenizer.tokens(base, rule.leadingSpace);
    const { ids: targetIds, pieces: targetPieces } = tokenizer.tokens(target, rule.leadingSpace);
    const isDuplicate = seen.size === seen.add(pairKey({ base, target })).size;
    const status = isDuplicate ? 'duplicate' : statusOf(baseIds, targetIds, rule);
    return { base, target, baseIds, targetIds, basePieces, targetPieces, status, cosine: null };
  });
}

function statusOf(
  baseIds: readonly number[],
  targetIds: readonly number[],
  { policy }: TokenRule,
): PairStatus {
  if (baseIds.length === 0 || targetIds.length === 0) return 'unknown';
  const [base, target] = [chosenIds(baseIds, policy), chosenIds(targetIds, policy)];
  if (base.length === 0 || target.length === 0) return 'several-tokens';
  return base.join() === target.join() ? 'same-token' : 'kept';
}
