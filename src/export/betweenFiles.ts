import { row } from '../geometry/matrix';
import { pairLabel } from '../concepts/concept';
import type { BetweenResult, BetweenSide } from '../protocol/betweenResult';
import type { Cell } from './csv';

/** The JSON document: a row for each pair of the first concept, a column for each of the second. */
export function betweenDocument({ a, b, products }: BetweenResult) {
  return {
    ...{ a, b },
    products: products.map(({ product, mean, cosine }) => ({
      ...{ product, mean },
      cosine: Array.from({ length: cosine.rows }, (_, i) => [...row(cosine, i)]),
    })),
  };
}

/** A line for each two pairs, with a column for each inner product. */
export function betweenTable({ a, b, products }: BetweenResult): Cell[][] {
  const [rows, columns] = [sideLabels(a), sideLabels(b)];
  return [
    [a.concept, b.concept, ...products.map(({ product }) => `cosine, ${product}`)],
    ...rows.flatMap((first, i) =>
      columns.map((second, j): Cell[] => [
        ...[first, second],
        ...products.map(({ cosine }) => row(cosine, i)[j]!),
      ]),
    ),
  ];
}

/** "king → queen", or "pairs 11–20" for a block. */
export function sideLabels({ pairs, pairsPerCell }: BetweenSide): string[] {
  if (pairsPerCell === 1) return pairs.map(pairLabel);
  return Array.from({ length: Math.ceil(pairs.length / pairsPerCell) }, (_, block) => {
    const first = block * pairsPerCell + 1;
    return `pairs ${first}–${Math.min(pairs.length, first + pairsPerCell - 1)}`;
  });
}
