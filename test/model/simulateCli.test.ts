import assert from 'node:assert/strict';
import { printed, refused } from './support/cli';

const small = ['simulate', '--concepts', '3', '--runs', '5', '--steps', '200', '--seed', '1', '--json'];

describe('concept-probe simulate', () => {
  it('gives the same numbers on one thread and on several that take more than one run each', () => {
    const alone = printed(...small, '--threads', '1');
    assert.equal(printed(...small, '--threads', '2'), alone);
    const { runs } = JSON.parse(alone) as { runs: { seed: number }[] };
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      [1, 2, 3, 4, 5],
    );
  });

  it('refuses what cannot be simulated', () => {
    refused(1, /from 1 to 14, not 15/u, 'simulate', '--concepts', '15');
    refused(1, /from 1 to 100000, not 0/u, 'simulate', '--runs', '0');
    refused(1, /cycle: 0 → 1 → 0/u, 'simulate', '--edges', '0-1,1-0');
    refused(2, /--mask-rate needs a number/u, 'simulate', '--mask-rate', 'NaN');
  });
});
