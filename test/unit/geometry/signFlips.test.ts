import assert from 'node:assert/strict';
import { matrix } from '../../../src/geometry/matrix';
import { randomSource, type RandomSource } from '../../../src/geometry/random';
import { signFlipTest } from '../../../src/geometry/signFlips';

const test = (
  projections: readonly (readonly number[])[],
  flips: number,
  random: RandomSource,
): Float64Array =>
  signFlipTest(matrix(projections.length, projections[0]!.length, Float64Array.from(projections.flat())), {
    flips,
    random,
  });

describe('the sign-flip test of an alignment', () => {
  it('uses all signs of few pairs, up to a common one', () => {
    const random = randomSource(1);
    for (let trial = 0; trial < 50; trial++) {
      const values = Array.from({ length: 1 + random.integer(6) }, () => random.gaussian());
      const given = Math.abs(values.reduce((a, b) => a + b));
      let reaching = 0;
      for (let flip = 0; flip < 2 ** values.length; flip++) {
        const sum = values.reduce((total, value, i) => total + ((flip >> i) & 1 ? -value : value), 0);
        if (Math.abs(sum) >= given - 1e-12) reaching++;
      }
      assert.equal(
        test(
          values.map((value) => [value]),
          999,
          random,
        )[0],
        reaching / 2 ** values.length,
      );
    }
    assert.equal(test([[1], [2], [0.5]], 999, random)[0], 1 / 4);
  });

  it('finds differences that point along a direction, each direction for itself', () => {
    const random = randomSource(2);
    const projections = Array.from({ length: 40 }, () => [1 + 0.5 * random.gaussian(), random.gaussian()]);
    const p = test(projections, 999, random);
    assert.equal(p[0], 1 / 1000);
    assert.ok(p[1]! > 0.02);
  });

  it('gives uniform p for differences without a direction', () => {
    const random = randomSource(4);
    const trials = 1000;
    let small = 0;
    for (let trial = 0; trial < trials; trial++) {
      const projections = Array.from({ length: 15 }, () => [random.gaussian()]);
      if (test(projections, 199, random)[0]! <= 0.1) small++;
    }
    // Binomial(1000, .1): 100 ± 3 · 9.5.
    assert.ok(small > 71 && small < 129, String(small));
  });

  it('is missing where nothing can be tested', () => {
    const random = randomSource(5);
    assert.ok(Number.isNaN(test([[0], [0]], 99, random)[0]));
    assert.ok(Number.isNaN(test([[1], [2]], 0, random)[0]));
  });
});
