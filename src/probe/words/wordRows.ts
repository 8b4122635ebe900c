import { chosenIds, type TokenPolicy, type TokenRule } from '../../concepts/tokenRule';
import type { RowPair } from '../../geometry/differences';
import type { TokenWeights } from '../../geometry/sharing';
import { keptPairs, type PairResult } from '../../protocol/probeResult';
import type { TokenizedConcept } from './tokenizeConcepts';

/** A concept's kept pairs as rows of the matrix of words. */
export interface NamedPairs {
  readonly name: string;
  readonly pairs: readonly RowPair[];
  /** The same pairs as weights of tokens. */
  readonly differences: readonly TokenWeights[];
  /** The tokens of the pairs: the same key for the same rows, whatever the concept's name. */
  readonly key: string;
}

/** The tokens whose rows represent the words of the kept pairs, and the words of each pair. */
export interface WordRows {
  /** One entry per word, even if several pairs contain it: the ids whose mean row represents it. */
  readonly lists: readonly (readonly number[])[];
  readonly concepts: readonly NamedPairs[];
}

/** Tokens → rows: the rows of U that the kept pairs need. */
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
