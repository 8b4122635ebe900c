import assert from 'node:assert/strict';
import { randomSource, shuffle } from '../../../src/geometry/random';
import { groupSize, randomPairs, randomTokenSample, tokenGroups } from '../../../src/geometry/randomTokens';
import { distanceFromUniform, near } from '../support/plainMath';

const seeds = Array.from({ length: 200 }, (_, seed) => seed);

describe('random numbers', () => {
  it('are the same for a seed and stream on every machine', () => {
    const random = randomSource(42, 7);
    const found = [random.uniform(), random.integer(1000), random.gaussian(), random.gaussian()];
    assert.deepEqual(found, [0.8747890102639412, 341, -0.6979151587533642, -0.33769008062025635]);
    const order = Int32Array.from({ length: 8 }, (_, i) => i);
    shuffle(order, random);
    assert.deepEqual([...order], [5, 0, 1, 3, 2, 4, 6, 7]);
  });

  it('differ between seeds, high words of seeds and streams', () => {
    const starts = [
      ...seeds.map((seed) => randomSource(seed).uniform()),
      ...seeds.slice(1).map((stream) => randomSource(0, stream).uniform()),
      randomSource(2 ** 32).uniform(),
      randomSource(-1).uniform(),
    ];
    assert.equal(new Set(starts).size, starts.length);
  });

  it('are uniform and unrelated across neighbouring seeds and streams, from the first number on', () => {
    for (const source of [(i: number) => randomSource(i), (i: number) => randomSource(3, i)]) {
      const firsts = seeds.map((i) => source(i).uniform());
      assert.ok(distanceFromUniform(firsts) < 0.115);
      const products = seeds.slice(1).map((i) => (firsts[i]! - 0.5) * (firsts[i - 1]! - 0.5));
      near(products.reduce((a, b) => a + b, 0) / products.length, 0, 0.02);
    }
    const [one, other] = [randomSource(1, 0), randomSource(1, 1)];
    const together = Array.from({ length: 10_000 }, () => one.gaussian() * other.gaussian());
    near(together.reduce((a, b) => a + b, 0) / together.length, 0, 0.03);
  });

  it('have the moments of their distributions', () => {
    const random = randomSource(5);
    const normal = Array.from({ length: 100_000 }, () => random.gaussian());
    const moment = (power: number) => normal.reduce((sum, x) => sum + x ** power, 0) / normal.length;
    [0, 1, 0, 3].forEach((expected, i) => {
      near(moment(i + 1), expected, 0.06);
    });
    const uniform = Array.from({ length: 10_000 }, () => random.uniform());
    assert.ok(distanceFromUniform(uniform) < 0.0163);
    assert.ok(uniform.every((value) => value >= 0 && value < 1));
  });

  it('draw each integer and each order equally often', () => {
    const random = randomSource(6);
    const counts = new Int32Array(7);
    for (let i = 0; i < 70_000; i++) counts[random.integer(7)]!++;
    assert.ok(counts.every((count) => Math.abs(count - 10_000) < 400));
    const orders = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const values = Int32Array.of(0, 1, 2, 3);
      shuffle(values, random);
      orders.set(values.join(), (orders.get(values.join()) ?? 0) + 1);
    }
    assert.equal(orders.size, 24);
    assert.ok([...orders.values()].every((count) => Math.abs(count - 1000) < 130));
  });
});

describe('random tokens', () => {
  it('are different ids, each equally often at every position', () => {
    const random = randomSource(1);
    const seen = new Int32Array(10);
    const first = new Int32Array(10);
    for (let i = 0; i < 10_000; i++) {
      const sample = randomTokenSample(10, 4, random);
      assert.equal(new Set(sample).size, 4);
      for (const id of sample) seen[id]!++;
      first[sample[0]!]!++;
    }
    assert.ok(seen.every((count) => Math.abs(count - 4000) < 200));
    assert.ok(first.every((count) => Math.abs(count - 1000) < 130));
  });

  it('are all of a small vocabulary, in a random order', () => {
    const all = randomTokenSample(100, 5000, randomSource(1));
    assert.deepEqual(
      [...all].sort((a, b) => a - b),
      [...Array(100).keys()],
    );
    assert.notDeepEqual([...all], [...Array(100).keys()]);
    assert.equal(randomTokenSample(0, 5, randomSource(1)).length, 0);
  });

  it('come in groups of at least two', () => {
    for (const tokens of [
      2,
      127,
      groupSize,
      groupSize + 1,
      groupSize + 2,
      3 * groupSize,
      3 * groupSize + 1,
    ]) {
      const groups = tokenGroups(tokens);
      assert.deepEqual([groups[0]!.from, groups.at(-1)!.to], [0, tokens]);
      groups.forEach(({ from, to }, i) => {
        assert.ok(to - from >= 2 && to - from <= groupSize + 1);
        if (i > 0) assert.equal(from, groups[i - 1]!.to);
      });
    }
    assert.equal(tokenGroups(3 * groupSize + 1).length, 3);
    assert.equal(tokenGroups(3 * groupSize + 2).length, 4);
    assert.deepEqual([tokenGroups(0), tokenGroups(1)], [[], []]);
  });

  it('form pairs within their group, never with themselves, every position equally often', () => {
    const tokens = 2 * groupSize + 5;
    const { first, second } = randomPairs(tokens, 200_000, randomSource(2));
    const groups = tokenGroups(tokens);
    const groupOf = (position: number) => groups.findIndex(({ to }) => position < to);
    const asFirst = new Int32Array(tokens);
    const asSecond = new Int32Array(tokens);
    first.forEach((position, i) => {
      assert.notEqual(position, second[i]);
      assert.equal(groupOf(position), groupOf(second[i]!));
      asFirst[position]!++;
      asSecond[second[i]!]!++;
    });
    const expected = 200_000 / tokens;
    for (const counts of [asFirst, asSecond]) {
      assert.ok(counts.every((count) => Math.abs(count - expected) < 5 * Math.sqrt(expected)));
    }
  });

  it('pair one of two with the other, and a single one not at all', () => {
    const { first, second } = randomPairs(2, 50, randomSource(3));
    assert.ok(first.every((position, i) => second[i] === 1 - position));
    assert.equal(new Set(first).size, 2);
    assert.equal(randomPairs(1, 50, randomSource(3)).first.length, 0);
  });
});
