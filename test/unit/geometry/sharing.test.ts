import assert from 'node:assert/strict';
import { directionChance } from '../../../src/geometry/directionChance';
import { matrix, row, type Matrix } from '../../../src/geometry/matrix';
import { quantile } from '../../../src/geometry/quantile';
import { randomSource, type RandomSource } from '../../../src/geometry/random';
import { meanRow, sharedCosines, sharedDirections } from '../../../src/geometry/sharedDirections';
import { sharingOf, tokensOf, type Sharing, type TokenWeights } from '../../../src/geometry/sharing';
import { chanceOfChains } from './chanceOfChains';
import { distanceFromUniform, matrixOf, near, plainCosine, plainUnit } from '../support/plainMath';

const hidden = 24;

type Pairs = readonly (readonly [number, number])[];

function differencesOf(pairs: Pairs): TokenWeights[] {
  return pairs.map(
    ([base, target]) =>
      new Map([
        [base, -1],
        [target, 1],
      ]),
  );
}

function sharing(a: Pairs, b: Pairs, normalised = false): Sharing | null {
  return sharingOf(differencesOf(a), differencesOf(b), normalised);
}

/** Rows around a common mean, some of them much longer than others. */
function words(count: number, random: RandomSource): Matrix {
  const data = new Float32Array(count * hidden);
  for (let i = 0; i < count; i++) {
    const length = random.uniform() < 0.4 ? 0.1 : 1 + random.uniform();
    for (let j = 0; j < hidden; j++) data[i * hidden + j] = 3 + length * random.gaussian();
  }
  return matrix(count, hidden, data);
}

/** |cosines| of random concepts, with a plain product instead of the engine's fast one. */
function chanceOf(found: Sharing, rows: Matrix, random: RandomSource, normalised = false): Float64Array {
  const draws = sharedDirections({ rows, mean: meanRow(rows) }, found, { random, normalised });
  const times = (a: Matrix, b: Matrix): Matrix => {
    const data = new Float64Array(a.rows * b.rows);
    for (let i = 0, at = 0; i < a.rows; i++) {
      for (let j = 0; j < b.rows; j++, at++) {
        let sum = 0;
        for (let k = 0; k < hidden; k++) sum += a.data[i * hidden + k]! * b.data[j * hidden + k]!;
        data[at] = sum;
      }
    }
    return matrix(a.rows, b.rows, data);
  };
  return sharedCosines(draws, {
    commonFirst: times(draws.common, draws.first),
    commonSecond: times(draws.common, draws.second),
    firstSecond: times(draws.first, draws.second),
  });
}

function rowsOf(source: Matrix): number[][] {
  return Array.from({ length: source.rows }, (_, i) => [...row(source, i)]);
}

/** The cosine of two concepts of newly drawn words, computed explicitly. */
function plainNothing(a: Pairs, b: Pairs, random: RandomSource, normalised: boolean): number {
  const count = 1 + Math.max(...[...a, ...b].flat());
  const rows = rowsOf(words(count, random));
  const direction = (pairs: Pairs): number[] => {
    const deltas = pairs.map(([base, target]) => rows[target]!.map((value, j) => value - rows[base]![j]!));
    const summed = normalised ? deltas.map(plainUnit) : deltas;
    return summed[0]!.map((_, j) => summed.reduce((sum, delta) => sum + delta[j]!, 0));
  };
  return plainCosine(direction(a), direction(b));
}

function shareAtLeast(chance: Float64Array, value: number): number {
  return (1 + chance.filter((other) => other >= value).length) / (1 + chance.length);
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

/** How two concepts can share words. */
const kinds: Readonly<Record<string, readonly [Pairs, Pairs]>> = {
  'the same bases': [range(12).map((i) => [i, 20 + i]), range(12).map((i) => [i, 40 + i])],
  'some bases of unequal concepts': [
    range(20).map((i) => [i, 30 + i]),
    range(6).map((i) => [i + 17, 60 + i]),
  ],
  'the same targets': [range(9).map((i) => [20 + i, i]), range(9).map((i) => [40 + i, i])],
  'the targets of one as bases of the other': [
    range(10).map((i) => [i, 10 + i]),
    range(10).map((i) => [10 + i, 20 + i]),
  ],
  'whole pairs': [range(8).map((i) => [i, 20 + i]), range(12).map((i) => [i + 4, 24 + i])],
  'one base of many targets': [range(7).map((i) => [0, 10 + i]), range(5).map((i) => [i, 30 + i])],
};

describe('how two concepts share tokens', () => {
  const [bases, others] = kinds['the same bases']!;

  it('is the same for other tokens, another order of pairs, and the other order of concepts', () => {
    for (const normalised of [false, true]) {
      const renamed = (pairs: Pairs): Pairs => pairs.map(([base, target]) => [base * 7 + 5, target * 7 + 5]);
      for (const [a, b] of Object.values(kinds)) {
        const { key } = sharing(a, b, normalised)!;
        assert.equal(sharing(renamed(a), renamed(b), normalised)!.key, key);
        assert.deepEqual(sharing(b, a, normalised), sharing(a, b, normalised));
        if (!normalised) assert.equal(sharing([...a].reverse(), b)!.key, key);
      }
    }
    const keys = Object.values(kinds).map(([a, b]) => sharing(a, b)!.key);
    assert.equal(new Set(keys).size, keys.length);
  });

  it('distinguishes shared tokens from own ones', () => {
    const parts = ({ common, own }: Sharing): number[] =>
      [common, ...own].flatMap(({ tokens, first, second }) => [tokens, first.length, second.length]);
    assert.deepEqual(parts(sharing(bases, others)!), [12, 12, 12, 12, 12, 0, 12, 0, 12]);
    const [some, few] = kinds['some bases of unequal concepts']!;
    assert.deepEqual(parts(sharing(some, few)!).slice(0, 3), [3, 3, 3]);
    // Differences at unit length depend on both of their words.
    const whole = sharing(some, few, true)!;
    assert.deepEqual([whole.common.tokens, whole.common.first.length, whole.common.second.length], [9, 3, 3]);
    assert.deepEqual(
      whole.own.map(({ tokens }) => tokens).sort((a, b) => a - b),
      [6, 34],
    );
  });

  it('is missing without a shared token, or if it cancels in the sum', () => {
    for (const normalised of [false, true]) assert.equal(sharing([[0, 1]], [[2, 3]], normalised), null);
    const chain: Pairs = [
      [0, 1],
      [1, 2],
    ];
    assert.equal(sharing(chain, [[1, 5]]), null);
    assert.ok(sharing(chain, [[1, 5]], true));
    assert.equal(tokensOf(differencesOf(chain)).size, 3);
  });

  it('represents very large concepts in proportion', () => {
    const large = (first: number): Pairs => range(900).map((i) => [i, first + i]);
    const { common, own } = sharing(large(1000), large(2000))!;
    assert.deepEqual(
      [common, ...own].map(({ tokens }) => tokens),
      [171, 171, 171],
    );
    // One or two tokens out of very many count as none.
    assert.equal(sharing([[0, 1]], large(1000)), null);
  });

  it('includes the tokens of a mean', () => {
    const pieces = new Map([
      [0, -1 / 3],
      [1, -1 / 3],
      [2, -1 / 3],
      [9, 1],
    ]);
    const found = sharingOf([pieces], differencesOf([[2, 5]]), false)!;
    assert.deepEqual([found.common.tokens, found.own.map(({ tokens }) => tokens).sort()], [1, [1, 3]]);
  });
});

describe('the chance of directions that share tokens', () => {
  const cases = Object.keys(kinds).map((kind) => ({ kind, normalised: false }));
  // Square roots take time.
  const unit = ['some bases of unequal concepts', 'whole pairs'].map((kind) => ({ kind, normalised: true }));
  for (const { kind, normalised } of [...cases, ...unit]) {
    it(`gives random concepts a uniform p: ${kind}${normalised ? ', normalised' : ''}`, () => {
      const [a, b] = kinds[kind]!;
      const runs = normalised ? 50 : 100;
      const p = range(runs).map((run) => {
        const random = randomSource(run, 11);
        const chance = chanceOf(sharing(a, b, normalised)!, words(400, random), random, normalised);
        return shareAtLeast(chance, Math.abs(plainNothing(a, b, random, normalised)));
      });
      // At the 5 % level.
      assert.ok(distanceFromUniform(p) < 1.36 / Math.sqrt(runs), `${distanceFromUniform(p)}`);
    });
  }

  it('is far above that of concepts that share nothing', () => {
    const [a, b] = kinds['the same bases']!;
    const chance = chanceOf(sharing(a, b)!, words(2000, randomSource(3)), randomSource(4));
    assert.equal(chance.length, 10_000);
    assert.ok(quantile(chance, 0.5) > 0.4 && quantile(chance, 0.5) < 0.6);
  });

  it('still finds concepts that are parallel beyond what they share', () => {
    const [a, b] = kinds['the same bases']!;
    const random = randomSource(5);
    const rows = rowsOf(words(60, random));
    const step = range(hidden).map(() => 2 * random.gaussian());
    for (const [, target] of [...a, ...b]) step.forEach((value, j) => (rows[target]![j]! += value));
    const direction = (pairs: Pairs): number[] =>
      range(hidden).map((j) =>
        pairs.reduce((sum, [base, target]) => sum + rows[target]![j]! - rows[base]![j]!, 0),
      );
    const observed = Math.abs(plainCosine(direction(a), direction(b)));
    const chance = chanceOf(sharing(a, b)!, words(2000, random), random);
    assert.equal(shareAtLeast(chance, observed), 1 / 10_001);
  });

  it('is the same for the same random numbers, and undefined for too few tokens', () => {
    const [a, b] = kinds['whole pairs']!;
    const rows = words(300, randomSource(1));
    const found = sharing(a, b)!;
    assert.deepEqual(chanceOf(found, rows, randomSource(2)), chanceOf(found, rows, randomSource(2)));
    assert.ok(chanceOf(found, words(24, randomSource(1)), randomSource(2)).length > 0);
    assert.equal(chanceOf(found, words(3, randomSource(1)), randomSource(2)).length, 0);
  });

  it('does not make equal lists or parts of a list significant for what they share', () => {
    const pairs: Pairs = range(10).map((i) => [i, 20 + i]);
    const random = randomSource(9);
    const rows = words(600, random);
    for (const part of [pairs, pairs.slice(0, 4), [...pairs].reverse()]) {
      const chance = chanceOf(sharing(pairs, part)!, rows, random);
      const observed = Math.abs(plainNothing(pairs, part, random, false));
      const cosines = matrixOf([
        [1, observed],
        [observed, 1],
      ]);
      const found = directionChance(
        cosines,
        () => new Float64Array(0),
        () => chance,
      );
      assert.ok(found.p.data[1]! > 0.05, `${found.p.data[1]!}`);
      near(found.resolution, 1 / (1 + chance.length));
    }
  });

  it('does not change cells of concepts that share nothing', () => {
    const gram = matrixOf([
      [1, 0.3],
      [0.3, 1],
    ]);
    const observed = matrixOf([
      [1, 0.2, 0.4],
      [0.2, 1, 0.2],
      [0.4, 0.2, 1],
    ]);
    const sizes = [[1], 2, [1, 1, 1], observed] as const;
    const plain = chanceOfChains(gram, ...sizes);
    const own = Float64Array.of(0.1, 0.3, 0.5, 0.9);
    const found = chanceOfChains(gram, ...sizes, (a, b) => (a === 0 && b === 2 ? own : undefined));
    assert.deepEqual([...plain.p.data], [NaN, 1, 0.5, 1, NaN, 1, 0.5, 1, NaN]);
    assert.deepEqual([...found.p.data], [NaN, 1, 0.6, 1, NaN, 1, 0.6, 1, NaN]);
    near(found.quantile95.data[2]!, 0.84);
    assert.equal(found.quantile95.data[1], 0.3);
  });
});
