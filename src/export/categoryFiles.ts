import { row } from '../geometry/matrix';
import type { CategoriesResult, CategoryResult } from '../protocol/categoriesResult';
import type { Cell } from './csv';

/** The JSON document of the vectors of categories. */
export function categoriesDocument(result: CategoriesResult) {
  const { draws, randomTokens, categories, cosine, simplices } = result;
  return {
    ...{ draws, randomTokens },
    categories: categories.map(({ heldOut, ...category }) => ({
      ...category,
      heldOut: heldOut && {
        separation: heldOut.separation,
        words: [...heldOut.words],
        others: [...heldOut.others],
      },
    })),
    cosine: Array.from({ length: cosine.rows }, (_, i) => [...row(cosine, i)]),
    simplices: simplices.map(({ corners, words, edges, ...simplex }) => ({
      ...simplex,
      edges: [...edges],
      corners: Array.from({ length: corners.rows }, (_, i) => [...row(corners, i)]),
      words: Array.from({ length: words.rows }, (_, i) => [...row(words, i)]),
    })),
  };
}

/** A line for each category. */
export function categoriesTable({ categories }: CategoriesResult): Cell[][] {
  return [
    [
      ...['category', 'parent', 'words', 'kept', 'norm', 'shrinkage'],
      ...['auc', 'auc_low', 'auc_high', 'd_prime', 'd_prime_low', 'd_prime_high'],
      ...['cosine_to_parent', 'random_mean', 'random_5', 'random_95', 'p', 'other_parents'],
    ],
    ...categories.map(tableRow),
  ];
}

function tableRow({ name, parent, words, kept, norm, shrinkage, heldOut, toParent }: CategoryResult): Cell[] {
  const { auc, dPrime } = heldOut?.separation ?? {};
  const chance = toParent?.chance;
  return [
    ...[name, parent ?? '', words.length, kept, norm, shrinkage],
    ...[auc?.value ?? null, auc?.low ?? null, auc?.high ?? null],
    ...[dPrime?.value ?? null, dPrime?.low ?? null, dPrime?.high ?? null],
    ...[toParent?.cosine ?? null, chance?.mean ?? null, chance?.low ?? null, chance?.high ?? null],
    ...[chance?.p ?? null, toParent?.otherParents ?? null],
  ];
}
