import assert from 'node:assert/strict';
import {
  childParentCosine,
  categoryProducts,
  hierarchyChance,
} from '../../../src/geometry/categoryHierarchy';
import { categorySimplex } from '../../../src/geometry/categorySimplex';
import { categoryVector } from '../../../src/geometry/categoryVector';
import { gramOf } from '../../../src/geometry/gram';
import { heldOutWords } from '../../../src/geometry/heldOutWords';
import { row } from '../../../src/geometry/matrix';
import { randomSource, type RandomSource } from '../../../src/geometry/random';
import { separation } from '../../../src/geometry/separation';
import { symmetricEigen } from '../../../src/geometry/symmetricEigen';
import {
  matrixOf,
  plainCategoryVector,
  plainCosine,
  plainDot,
  plainSum,
  type Vectors,
} from '../support/plainMath';

/** Rows around a center, each coordinate with its own spread. */
function cloud(n: number, center: readonly number[], random: RandomSource): number[][] {
  return Array.from({ length: n }, () =>
    center.map((value, j) => value + random.gaussian() * (1 + (j % 3) / 2)),
  );
}

function places(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** The vector that weights stand for. */
function sumOf(vectors: Vectors, weights: Float64Array): number[] {
  return plainSum(vectors.map((vector, i) => vector.map((value) => weights[i]! * value)));
}

function near(actual: number, expected: number, tolerance: number, what?: string): void {
  assert.ok(
    Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected)),
    `${what ?? ''} ${actual} instead of ${expected}`,
  );
}

describe('the vector of a category', () => {
  for (const [n, d] of [
    [3, 5],
    [20, 64],
    [40, 12],
    [60, 7],
  ] as const) {
    it(`is LDA with Ledoit–Wolf shrinkage for ${n} words in ${d} dimensions`, () => {
      const random = randomSource(n);
      const center = Array.from({ length: d }, (_, j) => (j === 0 ? 3 : random.gaussian() / 2));
      const rows = cloud(n, center, random);
      const vector = categoryVector(gramOf(matrixOf(rows)), places(0, n), d)!;
      const plain = plainCategoryVector(rows);
      near(vector.shrinkage, plain.shrinkage, 1e-9, 'shrinkage');
      assert.ok(vector.shrinkage > 0 && vector.shrinkage <= 1);
      const own = sumOf(rows, vector.weights);
      own.forEach((value, j) => {
        near(value, plain.vector[j]!, 1e-7);
      });
      near(vector.squaredNorm, plainDot(plain.vector, plain.vector), 1e-8);
    });
  }

  it('shrinks fully when the covariance is known no better than a multiple of the identity', () => {
    // Rows ±e₁, ±e₂ around (5, 0): S = I/2 exactly, so that any share gives the same covariance.
    const rows = [
      [6, 0],
      [4, 0],
      [5, 1],
      [5, -1],
    ];
    const vector = categoryVector(gramOf(matrixOf(rows)), [0, 1, 2, 3], 2)!;
    assert.equal(vector.shrinkage, 1);
    assert.deepEqual(sumOf(rows, vector.weights), [5, 0]);
  });

  it('needs three words that differ', () => {
    const gram = gramOf(
      matrixOf([
        [1, 2, 0],
        [2, 1, 1],
        [1, 2, 0],
        [1, 2, 0],
      ]),
    );
    assert.equal(categoryVector(gram, [0, 1], 3), null);
    assert.equal(categoryVector(gram, [0, 2, 3], 3), null);
    assert.ok(categoryVector(gram, [0, 1, 2], 3));
  });
});

describe('words that are held out', () => {
  const d = 24;
  const random = randomSource(5);
  const center = Array.from({ length: d }, (_, j) => (j < 3 ? 3 : 0));
  const zero = Array.from({ length: d }, () => 0);
  const rows = [...cloud(43, center, random), ...cloud(200, zero, random)];
  const gram = gramOf(matrixOf(rows));

  it('lie on a vector that they had no part in, which the other words made', () => {
    const n = 7;
    const held = heldOutWords(gram, places(0, n), places(43, 14), d, randomSource(1))!;
    // With fewer than ten words each is alone in its part, so that the vector is known without the shuffle.
    for (let i = 0; i < n; i++) {
      const { vector } = plainCategoryVector(rows.slice(0, n).filter((_, j) => j !== i));
      near(held.words[i]!, plainDot(rows[i]!, vector) / plainDot(vector, vector), 1e-7);
    }
    const vectors = places(0, n).map(
      (i) => plainCategoryVector(rows.slice(0, n).filter((_, j) => j !== i)).vector,
    );
    const possible = vectors.map((vector) => plainDot(rows[43]!, vector) / plainDot(vector, vector));
    assert.ok(possible.some((value) => Math.abs(value - held.others[0]!) < 1e-7));
  });

  it('are told apart from other words if the category is one, and not if it is random', () => {
    const apart = heldOutWords(gram, places(0, 43), places(43, 200), d, randomSource(1))!;
    assert.ok(separation(apart.others, apart.words)!.auc.value > 0.9);
    let sum = 0;
    for (let seed = 0; seed < 20; seed++) {
      const start = 43 + 5 * seed;
      const others = places(43, 200).filter((place) => place < start || place >= start + 20);
      const chance = heldOutWords(gram, places(start, 20), others, d, randomSource(seed))!;
      sum += separation(chance.others, chance.words)!.auc.value / 20;
    }
    near(sum, 0.5, 0.08, 'AUC of random categories');
  });

  it('are the same for the same seed, and need four words', () => {
    const draw = (seed: number) =>
      heldOutWords(gram, places(0, 30), places(43, 50), d, randomSource(seed))!.words;
    assert.deepEqual(draw(3), draw(3));
    assert.notDeepEqual(draw(3), draw(4));
    assert.equal(heldOutWords(gram, [0, 1, 2], [50], d, randomSource(1)), null);
  });
});

describe('a hierarchy of categories', () => {
  const d = 40;
  const random = randomSource(9);
  const at = (...axes: number[]): number[] => Array.from({ length: d }, (_, j) => (axes.includes(j) ? 4 : 0));
  const rows = [...cloud(20, at(0, 1), random), ...cloud(20, at(0, 2), random)];
  const pool = cloud(90, at(), random);
  const all = [...rows, ...pool];
  const gram = gramOf(matrixOf(all));
  const categories = [
    { words: places(0, 40), parent: null },
    { words: places(0, 20), parent: 0 },
    { words: places(20, 20), parent: 0 },
    { words: [0, 1], parent: 0 },
  ];
  const vectors = categories.map(({ words }) => categoryVector(gram, words, d));
  const products = categoryProducts(gram, categories, vectors);
  const plain = categories
    .slice(0, 3)
    .map(({ words }) => plainCategoryVector(words.map((place) => all[place]!)).vector);

  it('has the inner products and cosines of the vectors themselves', () => {
    plain.forEach((u, a) => {
      plain.forEach((v, b) => {
        near(products[a * 4 + b]!, plainDot(u, v), 1e-7);
      });
    });
    assert.ok(Number.isNaN(products[3]!) && Number.isNaN(products[15]!));
    for (const child of [1, 2]) {
      const difference = plain[child]!.map((value, j) => value - plain[0]![j]!);
      near(childParentCosine(products, 4, child, 0), plainCosine(difference, plain[0]!), 1e-7);
    }
    assert.ok(Number.isNaN(childParentCosine(products, 4, 3, 0)));
  });

  it('is compared with random rows in the places of the words, from a seed', () => {
    const observed = categories.map(({ parent }, i) =>
      parent === null ? NaN : childParentCosine(products, 4, i, parent),
    );
    const sizes = { words: 40, pool: places(40, 90), dimensions: d };
    const chance = hierarchyChance(gram, categories, sizes, observed, 60, randomSource(2));
    assert.deepEqual(
      chance.map((one) => one !== null),
      [false, true, true, false],
    );
    const { p, low, high, mean } = chance[1]!;
    assert.ok(low < mean && mean < high && p > 0 && p <= 1);
    assert.deepEqual(hierarchyChance(gram, categories, sizes, observed, 60, randomSource(2)), chance);
    // Too small a pool has no draw.
    const small = { ...sizes, pool: places(40, 30) };
    assert.deepEqual(hierarchyChance(gram, categories, small, observed, 60, randomSource(2)), [
      null,
      null,
      null,
      null,
    ]);
  });

  it('draws p uniformly for categories that are random themselves', () => {
    const values = places(0, 60).map((trial) => {
      const own = cloud(80, at(), randomSource(100 + trial));
      const matrixOwn = gramOf(matrixOf(own));
      const both = [
        { words: places(0, 14), parent: null },
        { words: places(0, 7), parent: 0 },
      ];
      const made = both.map(({ words }) => categoryVector(matrixOwn, words, d));
      const cosine = childParentCosine(categoryProducts(matrixOwn, both, made), 2, 1, 0);
      const sizes = { words: 14, pool: places(14, 66), dimensions: d };
      return hierarchyChance(matrixOwn, both, sizes, [NaN, cosine], 19, randomSource(trial))[1]!.p;
    });
    near(values.reduce((sum, value) => sum + value, 0) / 60, 0.525, 0.12, 'mean p');
  });
});

describe('the simplex of sibling categories', () => {
  const d = 30;
  for (const k of [2, 3, 4, 6]) {
    it(`keeps the lengths that three axes can show, with ${k} corners`, () => {
      const random = randomSource(k);
      const siblings = places(0, k).map((i) => ({ words: places(12 * i, 12), parent: null }));
      const rows = siblings.flatMap((_, i) =>
        cloud(
          12,
          Array.from({ length: d }, (__, j) => (j === i ? 6 : j === 20 ? 2 : 0)),
          random,
        ),
      );
      const gram = gramOf(matrixOf(rows));
      const vectors = siblings.map(({ words }) => categoryVector(gram, words, d)!);
      const products = categoryProducts(gram, siblings, vectors);
      const simplex = categorySimplex(gram, siblings, vectors, products);
      const plain = siblings.map(
        ({ words }) => plainCategoryVector(words.map((place) => rows[place]!)).vector,
      );
      const corners = places(0, k).map((i) => [...row(simplex.corners, i)]);
      let edge = 0;
      for (let i = 0; i < k; i++)
        for (let j = 0; j < i; j++) {
          const length = distance(plain[i]!, plain[j]!);
          near(simplex.edges[edge++]!, length, 1e-7);
          if (k <= 4) near(distance(corners[i]!, corners[j]!), length, 1e-7);
          else assert.ok(distance(corners[i]!, corners[j]!) <= length + 1e-9);
        }
      assert.equal(simplex.center, k > 3 ? 'corners' : 'vocabulary');
      if (k <= 4) near(simplex.shown, 1, 1e-9);
      else assert.ok(simplex.shown < 1 && simplex.shown > 0.5);
      // A corner is a weighted sum of its words, whose weights need not add up to 1, so the words are checked by projection.
      const center = k > 3 ? plainSum(plain).map((value) => value / k) : plain[0]!.map(() => 0);
      const axes = axesOf(plain, corners, center);
      rows.forEach((own, at) => {
        const shown = row(simplex.words, at);
        axes.forEach((axis, j) => {
          if (axis) near(shown[j]!, plainDot(own, axis) - plainDot(center, axis), 1e-6);
          else assert.equal(shown[j], 0);
        });
      });
    });
  }

  it('has the eigenvectors of a symmetric matrix', () => {
    const random = randomSource(4);
    const n = 7;
    const vectors = cloud(n, places(0, 9), random);
    const gram = gramOf(matrixOf(vectors));
    const eigen = symmetricEigen(Float64Array.from(gram.data), n);
    eigen.forEach(({ value, vector }, i) => {
      if (i > 0) assert.ok(value <= eigen[i - 1]!.value);
      for (let r = 0; r < n; r++) near(plainDot([...row(gram, r)], [...vector]), value * vector[r]!, 1e-8);
      near(plainDot([...vector], [...vector]), 1, 1e-10);
    });
  });
});

/** The unit axis of each coordinate, from the corners: Σᵢ cᵢ(ℓᵢ − center) / ‖c‖² for the coordinates c of the corners. */
function axesOf(plain: Vectors, corners: Vectors, center: readonly number[]): (number[] | null)[] {
  return [0, 1, 2].map((axis) => {
    const own = corners.map((corner) => corner[axis]!);
    const squares = plainDot(own, own);
    if (squares === 0) return null;
    return plainSum(
      plain.map((vector, i) => vector.map((value, j) => (own[i]! * (value - center[j]!)) / squares)),
    );
  });
}

function distance(u: readonly number[], v: readonly number[]): number {
  const difference = u.map((value, i) => value - v[i]!);
  return Math.sqrt(plainDot(difference, difference));
}
