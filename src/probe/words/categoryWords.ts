import { withInheritedWords, type Category } from '../../concepts/categories';
import { chosenIds, type TokenRule } from '../../concepts/tokenRule';
import type { WordTokenizer } from '../../model/tokenizer/wordTokenizer';
import type { CategoryWord, WordStatus } from '../../protocol/categoriesResult';

/** The words of categories with their tokens. */
export interface TokenizedCategories {
  /** The ids whose mean row represents a word, each list once. */
  readonly lists: readonly (readonly number[])[];
  readonly categories: readonly {
    readonly name: string;
    readonly parent: string | null;
    readonly words: readonly CategoryWord[];
    /** Places in `lists` of the kept words. */
    readonly rows: readonly number[];
  }[];
}

/** Categories → tokens: with the words of subcategories, and whether each counts under the token rule, as words of pairs do. */
export function categoryWords(
  categories: readonly Category[],
  tokenizer: WordTokenizer,
  { policy, leadingSpace }: TokenRule,
): TokenizedCategories {
  const all = withInheritedWords(categories);
  if (leadingSpace) tokenizer.prepare(all.flatMap(({ words }) => words));
  const places = new Map<string, number>();
  const lists: (readonly number[])[] = [];
  const place = (ids: readonly number[]): number => {
    const known = places.get(ids.join());
    if (known !== undefined) return known;
    places.set(ids.join(), lists.length);
    return lists.push(ids) - 1;
  };
  const tokenized = all.map(({ name, parent = null, words }) => {
    const rows = new Set<number>();
    const own = words.map((word): CategoryWord => {
      const { ids, pieces } = tokenizer.tokens(word, leadingSpace);
      const chosen = chosenIds(ids, policy);
      if (chosen.length === 0)
        return { word, pieces, status: ids.length === 0 ? 'unknown' : 'several-tokens' };
      const status: WordStatus = rows.size === rows.add(place(chosen)).size ? 'duplicate' : 'kept';
      return { word, pieces, status };
    });
    return { name, parent, words: own, rows: [...rows] };
  });
  return { lists, categories: tokenized };
}
