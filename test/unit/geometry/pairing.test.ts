import assert from 'node:assert/strict';
import fc from 'fast-check';
import { benjaminiHochberg } from '../../../src/geometry/falseDiscoveryRate';
import { gramOf } from '../../../src/geometry/gram';
import { matrix, row } from '../../../src/geometry/matrix';
import { pairingTable } from '../../../src/geometry/pairingTable';
import { permutationTest } from '../../../src/geometry/permutationTest';
import { randomSource, type RandomSource } from '../../../src/geometry/random';
import {
  distanceFromUniform,
  matrixOf,
  near,
  plainLeaveOneOut,
  plainOrders,
  plainPairedMean,
  type Vectors,
} from '../support/plainMath';

function words(n: number, hidden: number, random: RandomSource, along = 0): Vectors {
  return Array.from({ length: n }, () =>
    Array.from({ length: hidden }, (_, j) => random.gaussian() + (j === 0 ? along : 0)),
  );
}

/** Targets that resemble their bases, shifted in one direction. */
function counterfactual(bases: Vectors, random: RandomSource): Vectors {
  return bases.map((base) => base.map((value, j) => value + 0.3 * random.gaussian() + (j === 1 ? 2 : 0)));
}

const tableOf = (bases: Vectors, targets: Vectors) => pairingTable(gramOf(matrixOf([...bases, ...targets])));

describe('permutation test', () => {
  it('has the leave-one-out cosines of every pairing in one table', () => {
    const random = randomSource(1);
    const [bases, targets] = [words(4, 3, random), words(4, 3, random)];
    const table = tableOf(bases, targets);
    for (const order of plainOrders(4)) {
      const deltas = bases.map((base, i) => base.map((value, j) => targets[order[i]!]![j]! - value));
      plainLeaveOneOut(deltas).forEach((expected, i) => {
        near(row(table, i)[order[i]!]!, expected);
      });
    }
  });

  it('adding one vector to all words, or scaling them, changes no entry', () => {
    const random = randomSource(2);
    const [bases, targets] = [words(5, 3, random), words(5, 3, random)];
    const moved = [bases, targets].map((rows) => rows.map((v) => v.map((x, j) => 3 * (x + 7 - j))));
    const [there, here] = [tableOf(moved[0]!, moved[1]!), tableOf(bases, targets)];
    there.data.forEach((value, i) => {
      near(value, here.data[i]!);
    });
  });

  it('a word paired with itself, and differences that cancel, count as 0', () => {
    const bases = [
      [0.1, 0.2, 0.3],
      [1, 0, 0],
    ];
    const targets = [
      [0.5, 2, 1],
      [0.1, 0.2, 0.3],
    ];
    const table = tableOf(bases, targets);
    assert.equal(row(table, 0)[1], 0);
    assert.equal(row(table, 1)[0], 0);
    const narrow = gramOf(matrixOf([...bases, ...targets]));
    const single = pairingTable(matrix(4, 4, Float32Array.from(narrow.data)));
    assert.equal(row(single, 0)[1], 0);
    single.data.forEach((value, i) => {
      near(value, table.data[i]!, 1e-5);
    });
  });

  it('enumerates all pairings of few words, and counts like a plain loop', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5 }), fc.integer(), (n, seed) => {
        const random = randomSource(seed);
        const bases = words(n, 4, random);
        const targets = seed % 2 === 0 ? words(n, 4, random) : counterfactual(bases, random);
        const means = plainOrders(n).map((order) => plainPairedMean(bases, targets, order));
        const given = plainPairedMean(bases, targets, [...bases.keys()]);
        const found = permutationTest(tableOf(bases, targets), { permutations: 200, random });
        assert.deepEqual(found, {
          p: means.filter((mean) => mean >= given - 1e-9).length / means.length,
          resolution: 1 / means.length,
          permutations: means.length,
          exact: true,
        });
      }),
    );
  });

  it('treats pairings that differ only in the last bits as equal', () => {
    for (let seed = 0; seed < 20; seed++) {
      const random = randomSource(seed);
      const [first, ...rest] = words(4, 3, random);
      // Bases 0 and 4 are the same word: every pairing has a twin with the same statistic.
      const table = tableOf([first!, ...rest, first!], words(5, 3, random));
      const { p } = permutationTest(table, { permutations: 120, random })!;
      assert.equal(Math.round(p * 120) % 2, 0);
    }
  });

  it('detects a concept in related pairs', () => {
    const random = randomSource(4);
    const bases = words(12, 20, random);
    const found = permutationTest(tableOf(bases, counterfactual(bases, random)), {
      permutations: 999,
      random,
    });
    assert.deepEqual(found, { p: 0.001, resolution: 0.001, permutations: 999, exact: false });
  });

  it('gives the same p for the same seed', () => {
    const table = tableOf(words(9, 5, randomSource(5)), words(9, 5, randomSource(6)));
    const p = (seed: number) => permutationTest(table, { permutations: 300, random: randomSource(seed) })!.p;
    assert.equal(p(1), p(1));
    assert.notEqual(p(1), p(2));
  });

  for (const [name, n, permutations] of [
    ['exact', 6, 720],
    ['random', 12, 499],
  ] as const) {
    it(`gives a uniform p for words paired at random: ${name} permutations`, () => {
      const random = randomSource(7);
      const p = Array.from({ length: 400 }, () => {
        // Two classes of words: they have a common direction regardless of the pairing, but form no concept.
        const table = tableOf(words(n, 8, random), words(n, 8, random, 1));
        const found = permutationTest(table, { permutations, random })!;
        assert.equal(found.exact, name === 'exact');
        return found.p;
      });
      // Exceeded by chance once in a hundred: 1.63/√400.
      assert.ok(distanceFromUniform(p) < 0.0815, `${distanceFromUniform(p)}`);
    });
  }

  it('is undefined with one pair or no permutations', () => {
    const random = randomSource(1);
    const table = tableOf(words(3, 3, random), words(3, 3, random));
    assert.equal(permutationTest(table, { permutations: 0, random }), null);
    assert.equal(permutationTest(matrixOf([[0]]), { permutations: 100, random }), null);
    assert.equal(
      permutationTest(pairingTable(matrix(0, 0, new Float64Array(0))), { permutations: 9, random }),
      null,
    );
  });
});

describe('false discovery rate', () => {
  it('agrees with a manual calculation', () => {
    const q = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.8]);
    [0.025, 0.05, 0.05, 0.025, 0.8].forEach((expected, i) => {
      near(q[i]!, expected);
    });
  });

  it('skips undefined tests, and accepts an empty list', () => {
    assert.deepEqual([...benjaminiHochberg(Float64Array.of(0.02, NaN, 0.5))], [0.04, NaN, 0.5]);
    assert.equal(benjaminiHochberg([]).length, 0);
  });

  it('is never below p, above 1 or out of order, and a single test keeps its p', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (p) => {
        const q = benjaminiHochberg(p);
        p.forEach((value, i) => {
          assert.ok(q[i]! <= 1 && q[i]! >= value - 1e-12);
          p.forEach((other, j) => {
            if (other <= value) assert.ok(q[j]! <= q[i]!);
          });
        });
        if (p.length === 1) near(q[0]!, p[0]!);
      }),
    );
  });

  it('keeps false discoveries at the requested rate', () => {
    const random = randomSource(3);
    const shares = Array.from({ length: 500 }, () => {
      // 40 tests without an effect, 10 with one.
      const p = Array.from({ length: 50 }, (_, i) => random.uniform() * (i < 40 ? 1 : 0.002));
      const discoveries = [...benjaminiHochberg(p).keys()].filter((i) => benjaminiHochberg(p)[i]! <= 0.1);
      return discoveries.filter((i) => i < 40).length / Math.max(1, discoveries.length);
    });
    // Expected: 0.1 · 40/50.
    near(shares.reduce((a, b) => a + b, 0) / shares.length, 0.08, 0.015);
  });
});
