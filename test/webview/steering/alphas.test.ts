import assert from 'node:assert/strict';
import { alphasOf, formatAlpha, sliderEnd } from '../../../webview/steering/alphas';
import { restoreSteeringUi } from '../../../webview/steering/steeringUi';

describe('values of α', () => {
  it('are read as people write lists, and are 0, half and all of the slider without one', () => {
    assert.deepEqual(alphasOf(' ', 0.3), [0, 0.15, 0.3]);
    assert.deepEqual(alphasOf('', 0), [0]);
    assert.deepEqual(alphasOf('', -0.07), [0, -0.035, -0.07]);
    assert.deepEqual(alphasOf('0, .1;−0.2  3e-1, 0', 1), [0, 0.1, -0.2, 0.3]);
    for (const typed of ['a', '0, b', ',', '1e999', '0 1 2 3 4 5 6 7 8 9 10'])
      assert.equal(alphasOf(typed, 1), null);
  });

  it('are shown with a true minus and without the noise of binary fractions', () => {
    assert.deepEqual([0.1 + 0.2, -0.5, 0, -12].map(formatAlpha), ['0.3', '−0.5', '0', '−12']);
  });

  it('lie within the ends of the slider', () => {
    assert.deepEqual(
      [0, 0.4, -1, 1.01, 2, -3, 7, 11, 21, 99, 600].map(sliderEnd),
      [1, 1, 1, 2, 2, 5, 10, 20, 50, 100, 1000],
    );
  });

  it('come back as they were left, and as new where what was kept is not theirs', () => {
    const kept = {
      ...restoreSteeringUi(undefined),
      alpha: -0.4,
      pair: 'king → queen',
      alphas: '0, 1',
      seed: 3,
    };
    assert.deepEqual(restoreSteeringUi(JSON.parse(JSON.stringify(kept))), kept);
    const damaged = { alpha: 'x', pair: 7, alphas: null, count: null, seed: 'y' };
    assert.deepEqual(restoreSteeringUi(damaged), restoreSteeringUi(undefined));
  });
});
