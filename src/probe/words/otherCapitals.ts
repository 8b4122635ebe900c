import type { TokenRule } from '../../concepts/tokenRule';
import type { WordTokenizer } from '../../model/tokenizer';
import type { PairResult } from '../../protocol/probeResult';

/** A word in other capitals, likeliest first: paris → Paris, PARIS; NASA → nasa, Nasa. */
export function otherCapitals(word: string): string[] {
  const [first = ''] = word;
  const lower = word.toLowerCase();
  const title = first.toUpperCase() + lower.slice(first.length);
  const forms = [title, lower, word.toUpperCase()];
  // ß → SS is another spelling.
  return [...new Set(forms)].filter((form) => form !== word && form.length === word.length);
}

/**
 * Says of each dropped word of several tokens which other capitals would make it one: lists in small letters meet vocabularies
 * that know Paris and Monday.
 */
export function withOtherCapitals(
  pairs: readonly PairResult[],
  tokenizer: WordTokenizer,
  { leadingSpace }: TokenRule,
): PairResult[] {
  const oneToken = (word: string, ids: readonly number[]): string =>
    ids.length < 2
      ? word
      : (otherCapitals(word).find((form) => tokenizer.tokens(form, leadingSpace).ids.length === 1) ?? word);
  return pairs.map((pair) => {
    if (pair.status !== 'several-tokens') return pair;
    const base = oneToken(pair.base, pair.baseIds);
    const target = oneToken(pair.target, pair.targetIds);
    return base === pair.base && target === pair.target ? pair : { ...pair, instead: { base, target } };
  });
}
