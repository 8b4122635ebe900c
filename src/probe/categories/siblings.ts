import { categorySimplex } from '../../geometry/categorySimplex';
import type { CategoryVector } from '../../geometry/categoryVector';
import type { Matrix } from '../../geometry/matrix';
import type { Siblings } from '../../protocol/categoriesResult';
import type { TokenizedCategories } from '../words/categoryWords';

/** The groups of categories with the same parent that have at least two vectors, in the order of their first members. */
export function siblingsOf(
  categories: TokenizedCategories['categories'],
  gram: Matrix,
  vectors: readonly (CategoryVector | null)[],
  products: Float64Array,
): readonly Siblings[] {
  const groups = new Map<string | null, number[]>();
  categories.forEach(({ parent }, i) => {
    if (vectors[i]) groups.set(parent, [...(groups.get(parent) ?? []), i]);
  });
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([parent, members]) => {
      const own = members.map((i) => categories[i]!);
      const between = Float64Array.from({ length: members.length ** 2 }, (_, at) => {
        const [i, j] = [members[Math.floor(at / members.length)]!, members[at % members.length]!];
        return products[i * categories.length + j]!;
      });
      const simplex = categorySimplex(
        gram,
        own.map(({ rows }) => ({ words: rows })),
        members.map((i) => vectors[i]!),
        between,
      );
      return {
        ...simplex,
        parent,
        names: own.map(({ name }) => name),
        wordsOf: own.map(({ words }) =>
          words.filter(({ status }) => status === 'kept').map(({ word }) => word),
        ),
      };
    });
}
