import assert from 'node:assert/strict';
import { probeText } from '../../../src/cli/text/textReport';
import { distinguishedPairs, isDistinguished, levelText } from '../../../src/format/verdict';
import { matrix } from '../../../src/geometry/matrix';
import type { DirectionChance } from '../../../src/protocol/geometryResult';
import { sampleResult } from '../support/sampleResult';

/** @param q above the diagonal: for 0 × 1, 0 × 2 and 1 × 2 */
function chanceOf(q: readonly [number, number, number]): DirectionChance {
  const [a, b, c] = q;
  const square = matrix(3, 3, Float64Array.of(NaN, a, b, a, NaN, c, b, c, NaN));
  return { p: square, q: square, quantile95: square, resolution: 0.001 };
}

describe('directions that are less orthogonal than chance', () => {
  it('are those whose q is below .05', () => {
    assert.equal(levelText, '.05');
    assert.deepEqual(distinguishedPairs(chanceOf([0.0499, 0.05, 0.001])), [
      [0, 1],
      [1, 2],
    ]);
    assert.deepEqual(distinguishedPairs(chanceOf([1, NaN, 0])), [[1, 2]]);
    assert.deepEqual(distinguishedPairs(chanceOf([0.5, NaN, 0.05])), []);
  });

  it('never include a concept with itself, and do not depend on the order', () => {
    const chance = chanceOf([0, 0.2, 0]);
    const zero = {
      ...chance,
      q: matrix(
        3,
        3,
        chance.q.data.map((q) => (Number.isNaN(q) ? 0 : q)),
      ),
    };
    for (let i = 0; i < 3; i++) {
      assert.ok(!isDistinguished(zero, i, i));
      for (let j = 0; j < 3; j++) assert.equal(isDistinguished(zero, i, j), isDistinguished(zero, j, i));
    }
    assert.deepEqual(distinguishedPairs(zero), distinguishedPairs(chance));
  });

  it('are the ones that the command line lists', () => {
    const concepts = ['a', 'b', 'c'];
    const cosine = matrix(3, 3, new Float64Array(9).fill(0.5));
    const directions = {
      ...sampleResult.directions.euclidean,
      ...{ concepts, cosine, sharedTokens: matrix(3, 3, new Float64Array(9)) },
      chance: chanceOf([0.0499, 0.05, 0.001]),
    };
    const text = probeText({
      ...sampleResult,
      directions: { ...sampleResult.directions, euclidean: directions },
    });
    assert.match(text, /2 of 3 pairs .* \(q < \.05\): 1 × 2 \(q \.050\), 2 × 3 \(q \.001\)\n/u);
  });
});
