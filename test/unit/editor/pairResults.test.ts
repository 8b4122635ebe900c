import assert from 'node:assert/strict';
import { isCounted } from '../../../src/editor/sessions/pairResults';
import type { PairStatus, ProbeResult } from '../../../src/protocol/probeResult';

const base = { base: 'king', target: 'queen' };
const resultWith = (status: PairStatus) =>
  ({ concepts: [{ name: 'royal', pairs: [{ ...base, status }] }] }) as unknown as ProbeResult;
const royal = { name: 'royal', pairs: [base] };

describe('whether a pair counts', () => {
  it('is what the newest result says', () => {
    assert.equal(isCounted(resultWith('kept'), royal, 0), true);
    for (const status of ['several-tokens', 'unknown', 'duplicate', 'swapped'] as const)
      assert.equal(isCounted(resultWith(status), royal, 0), false, status);
  });

  it('is assumed of pairs that are not in it', () => {
    assert.equal(isCounted(null, royal, 0), true);
    const other = { name: 'royal', pairs: [{ base: 'man', target: 'woman' }] };
    assert.equal(isCounted(resultWith('unknown'), other, 0), true);
  });

  it('follows the concept file where pairs are left out and included again', () => {
    const leftOut = { name: 'royal', pairs: [{ ...base, leftOut: true as const }] };
    assert.equal(isCounted(resultWith('kept'), leftOut, 0), false);
    assert.equal(isCounted(resultWith('left-out'), royal, 0), true);
  });
});
