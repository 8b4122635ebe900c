import { pairKey, type CounterfactualPair } from '../concepts/concept';
import type { WordTokenizer } from '../model/tokenizer';
import type { PairResult, PairStatus } from '../protocol/probeResult';

/**
 * Looks both words of each pair up and says whether the pair counts (Park et al. 2311.03658, App. B: single tokens with
 * different ids only). Every pair keeps its place, dropped ones with their reason.
 */
export function cutPairs(pairs: readonly CounterfactualPair[], tokenizer: WordTokenizer): PairResult[] {
  const seen = new Set<string>();
  return pairs.map(({ base, target }) => {
    const { ids: baseIds, pieces: basePieces } = tokenizer.tokens(base);
    const { ids: targetIds, pieces: targetPieces } = tokenizer.tokens(target);
    const isDuplicate = seen.size === seen.add(pairKey({ base, target })).size;
    const status = isDuplicate ? 'duplicate' : statusOf(baseIds, targetIds);
    return { base, target, baseIds, targetIds, basePieces, targetPieces, status, cosine: null };
  });
}

function statusOf(baseIds: readonly number[], targetIds: readonly number[]): PairStatus {
  if (baseIds.length === 0 || targetIds.length === 0) return 'unknown';
  if (baseIds.length > 1 || targetIds.length > 1) return 'several-tokens';
  return baseIds[0] === targetIds[0] ? 'same-token' : 'kept';
}
