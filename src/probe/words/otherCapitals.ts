import type { TokenRule } from '../../concepts/tokenRule';
import type { WordTokenizer } from '../../model/tokenizer/wordTokenizer';
import type { PairResult } from '../../protocol/probeResult';

/** The word in other capitalizations, most likely first: paris → Paris, PARIS; NASA → nasa, Nasa. */
export function otherCapitals(word: string): string[] {
  const [first = ''] = word;
  const lower = word.toLowerCase();
  const title = first.toUpperCase() + lower.slice(first.length);
  const forms = [title, lower, word.toUpperCase()];
  // ß → SS changes the spelling.
  return [...new Set(forms)].filter((form) => form !== word && form.length === word.length);
}

/**
 * Adds to each dropped pair of several tokens the capitalization that would make its words single tokens: lists are often
 * in lowercase, while the vocabulary knows Paris and Monday.
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
