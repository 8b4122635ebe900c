import { chosenIds, type TokenPolicy, type TokenRule } from '../../concepts/tokenRule';
import type { RowPair } from '../../geometry/differences';
import type { TokenWeights } from '../../geometry/sharing';
import { keptPairs, type PairResult } from '../../protocol/probeResult';
import type { TokenizedConcept } from './tokenizeConcepts';

/** A concept's kept pairs as rows of a matrix of words. */
export interface NamedPairs {
  readonly name: string;
  readonly pairs: readonly RowPair[];
  /** The same by tokens. */
  readonly differences: readonly TokenWeights[];
  /** The tokens of the pairs: the same for the same rows, whatever the concept is called. */
  readonly key: string;
}

/** Which tokens' rows stand for the words of the kept pairs, and which of those make up each pair. */
export interface WordRows {
  /** One entry for each word, however many pairs it stands in: the ids whose mean row it is. */
  readonly lists: readonly (readonly number[])[];
  readonly concepts: readonly NamedPairs[];
}

/** Tokens → rows: which rows of U the kept pairs need. */
export function wordRows(concepts: readonly TokenizedConcept[], { policy }: TokenRule): WordRows {
  const places = new Map<string, number>();
  const lists: (readonly number[])[] = [];
  const place = (all: readonly number[]): number => {
    const ids = chosenIds(all, policy);
    const key = ids.join();
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, lists.length);
    return lists.push(ids) - 1;
  };
  const pairOf = ({ baseIds, targetIds }: PairResult): RowPair => ({
    base: place(baseIds),
    target: place(targetIds),
  });
  return {
    concepts: concepts.map(({ name, pairs }) => {
      const kept = keptPairs({ pairs });
      const key = kept.map(({ baseIds, targetIds }) => `${baseIds.join()}>${targetIds.join()}`).join(' ');
      return {
        name,
        pairs: kept.map(pairOf),
        differences: kept.map((pair) => tokenWeights(pair, policy)),
        key: `${policy} ${key}`,
      };
    }),
    lists,
  };
}

function tokenWeights({ baseIds, targetIds }: PairResult, policy: TokenPolicy): TokenWeights {
  const weights = new Map<number, number>();
  const add = (all: readonly number[], sign: 1 | -1): void => {
    const ids = chosenIds(all, policy);
    for (const id of ids) weights.set(id, (weights.get(id) ?? 0) + sign / ids.length);
  };
  add(baseIds, -1);
  add(targetIds, 1);
  return weights;
}
