import assert from 'node:assert/strict';
import { Estimate } from '../../../src/format/estimate';

describe('the estimate of long work', () => {
  /** The texts at these times in seconds and shares. */
  function texts(...steps: [seconds: number, fraction: number | null][]): string[] {
    let time = 0;
    const estimate = new Estimate(() => time);
    return steps.map(([seconds, fraction]) => {
      time = seconds;
      return estimate.text({ message: 'Reading', fraction }).replaceAll('\u00a0', ' ');
    });
  }

  it('follows from the pace of the step so far', () => {
    assert.deepEqual(texts([0, 0], [10, 0.25], [20, 0.25], [60, 0.5]), [
      'Reading',
      'Reading, about 30 s left',
      'Reading, about 60 s left',
      'Reading, about 60 s left',
    ]);
    assert.equal(texts([0, 0], [100, 0.01])[1], 'Reading, about 3 h left');
  });

  it('is missing at the beginning, at the end, without a share and without headway', () => {
    assert.deepEqual(texts([0, 0], [2, 0.1], [100, 0.99], [101, null], [102, 0.99], [120, 0.99]), [
      ...['Reading', 'Reading', 'Reading', 'Reading', 'Reading', 'Reading'],
    ]);
  });

  it('starts again with every step', () => {
    assert.deepEqual(texts([0, 0], [50, 0.9], [60, 0], [70, 0.5]).slice(2), [
      'Reading',
      'Reading, about 10 s left',
    ]);
    assert.equal(
      texts([0, 0.5], [10, 0.6])[1],
      'Reading, about 40 s left',
      'what was done before is not pace',
    );
  });
});
