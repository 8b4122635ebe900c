import { withInheritedWords, type Category } from '../../../src/concepts/categories';
import { categoryProducts, childParentCosine } from '../../../src/geometry/categoryHierarchy';
import { categoryVector } from '../../../src/geometry/categoryVector';
import { gramOf } from '../../../src/geometry/gram';
import { heldOutWords } from '../../../src/geometry/heldOutWords';
import { matrix } from '../../../src/geometry/matrix';
import { randomSource } from '../../../src/geometry/random';
import { separation } from '../../../src/geometry/separation';
import { siblingsOf } from '../../../src/probe/categories/siblings';
import type { CategoriesResult } from '../../../src/protocol/categoriesResult';

const dimensions = 32;
const randomTokens = 200;

/**
 * `count` categories, every fourth one the parent of the next three, with words around a place of their own; the last has too few
 * words.
 */
export function sampleCategories(count = 8, wordsEach = 12): CategoriesResult {
  const given = Array.from({ length: count }, (_, i): Category => {
    const words = Array.from({ length: i === count - 1 ? 2 : wordsEach }, (__, w) => `word ${i}.${w}`);
    const name = i % 4 === 0 ? `kind ${i}` : `a part of kind ${i - (i % 4)}, number ${i}`;
    return i % 4 === 0 ? { name, words } : { name, parent: `kind ${i - (i % 4)}`, words };
  });
  const all = given.flatMap(({ words }, i) => words.map((word) => ({ word, i })));
  const random = randomSource(3);
  const center = (i: number, j: number): number => (j === i % dimensions || j === 31 - (i >> 2) ? 5 : 0);
  const rows = [
    ...all.flatMap(({ i }) => Array.from({ length: dimensions }, (_, j) => center(i, j) + random.gaussian())),
    ...Array.from({ length: randomTokens * dimensions }, () => random.gaussian()),
  ];
  const gram = gramOf(matrix(all.length + randomTokens, dimensions, Float64Array.from(rows)));
  const place = new Map(all.map(({ word }, at) => [word, at]));
  const names = given.map(({ name }) => name);
  const tokenized = withInheritedWords(given).map(({ name, parent = null, words }) => ({
    name,
    parent,
    words: words.map((word) => ({ word, pieces: [word], status: 'kept' as const })),
    rows: words.map((word) => place.get(word)!),
  }));
  const own = tokenized.map((one) => ({
    words: one.rows,
    parent: one.parent === null ? null : names.indexOf(one.parent),
  }));
  const vectors = own.map(({ words }) => categoryVector(gram, words, dimensions));
  const products = categoryProducts(gram, own, vectors);
  const pool = Array.from({ length: randomTokens }, (_, i) => all.length + i);
  return {
    ...{ seed: 0, draws: 100, randomTokens },
    categories: tokenized.map(({ rows: words, ...category }, i) => {
      const held = heldOutWords(gram, words, pool, dimensions, randomSource(i));
      const { parent } = own[i]!;
      const cosine = parent === null ? NaN : childParentCosine(products, count, i, parent);
      return {
        ...category,
        kept: words.length,
        norm: vectors[i] ? Math.sqrt(vectors[i].squaredNorm) : null,
        shrinkage: vectors[i]?.shrinkage ?? null,
        heldOut: held && { ...held, separation: separation(held.others, held.words)! },
        toParent: Number.isNaN(cosine)
          ? null
          : { cosine, chance: { mean: -0.4, low: -0.9, high: 0.1, p: 0.04 }, otherParents: -0.61 },
      };
    }),
    cosine: matrix(
      count,
      count,
      products.map(
        (value, at) =>
          value /
          Math.sqrt(products[Math.floor(at / count) * (count + 1)]! * products[(at % count) * (count + 1)]!),
      ),
    ),
    simplices: siblingsOf(tokenized, gram, vectors, products),
  };
}
