import assert from 'node:assert/strict';
import { matrix } from '../../../src/geometry/matrix';
import { randomSource } from '../../../src/geometry/random';
import { signFlips, signFlipTest } from '../../../src/geometry/signFlips';

/** p of differences against directions by plain loops over the given signs. */
function pOf(
  deltas: readonly (readonly number[])[],
  directions: readonly (readonly number[])[],
  flips: number,
  seed: number,
) {
  const { signs, exact } = signFlips(deltas.length, flips, seed, 1);
  const size = deltas[0]!.length;
  const sums = Array.from({ length: signs.rows }, (_, f) =>
    Array.from({ length: size }, (_, j) =>
      deltas.reduce((sum, delta, i) => sum + signs.data[f * signs.columns + i]! * delta[j]!, 0),
    ),
  );
  const projections = sums.flatMap((sum) =>
    directions.map((direction) => direction.reduce((total, value, j) => total + value * sum[j]!, 0)),
  );
  const p = signFlipTest(
    matrix(sums.length, size, Float64Array.from(sums.flat())),
    matrix(sums.length, directions.length, Float64Array.from(projections)),
  );
  return { p, exact, flips: signs.rows };
}

describe('the sign-flip test of an alignment', () => {
  it('uses all signs of few pairs, up to a common one', () => {
    const { p, exact, flips } = pOf(
      [
        [1, 0.1],
        [1, -0.2],
        [1, 0.3],
      ],
      [[1, 0]],
      999,
      1,
    );
    assert.ok(exact);
    assert.equal(flips, 4);
    assert.equal(p[0], 1 / 4);
  });

  it('finds differences that point along a direction, and not across it', () => {
    const random = randomSource(2);
    const deltas = Array.from({ length: 20 }, () => [
      1 + 0.2 * random.gaussian(),
      random.gaussian(),
      random.gaussian(),
    ]);
    const { p, exact } = pOf(
      deltas,
      [
        [1, 0, 0],
        [0, 0.6, 0.8],
      ],
      999,
      3,
    );
    assert.ok(!exact);
    assert.equal(p[0], 1 / 1000);
    assert.ok(p[1]! > 0.02);
  });

  it('gives uniform p for differences without a direction', () => {
    const random = randomSource(4);
    const trials = 400;
    let small = 0;
    for (let trial = 0; trial < trials; trial++) {
      const deltas = Array.from({ length: 12 }, () => Array.from({ length: 10 }, () => random.gaussian()));
      const { p } = pOf(deltas, [Array.from({ length: 10 }, (_, j) => (j === 0 ? 1 : 0))], 199, trial);
      if (p[0]! <= 0.1) small++;
    }
    // Binomial(400, .1): 40 ± 3 · 6.
    assert.ok(small > 22 && small < 58, String(small));
  });

  it('has no p where the differences cancel', () => {
    assert.ok(
      Number.isNaN(
        pOf(
          [
            [1, 0],
            [-1, 0],
          ],
          [[1, 0]],
          99,
          1,
        ).p[0],
      ),
    );
  });
});
