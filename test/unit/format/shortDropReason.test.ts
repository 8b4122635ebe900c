import assert from 'node:assert/strict';
import { shortDropReason } from '../../../src/format/shortDropReason';
import type { PairResult, PairStatus } from '../../../src/protocol/probeResult';

/** A pair whose words have so many tokens. */
const pair = (status: PairStatus, tokens = [1, 1]): PairResult => {
  const ids = (count = 0) => Array.from({ length: count }, (_, id) => id);
  const pieces = { basePieces: [], targetPieces: [] };
  return {
    base: 'prince',
    target: 'princess',
    baseIds: ids(tokens[0]),
    targetIds: ids(tokens[1]),
    ...pieces,
    status,
  };
};

describe('the short reason why a pair does not count', () => {
  it('begins with what matters, so that a narrow row shows it', () => {
    assert.equal(shortDropReason(pair('kept')), undefined);
    assert.equal(shortDropReason(pair('several-tokens', [1, 2])), '2 tokens: princess');
    assert.equal(shortDropReason(pair('several-tokens', [3, 1])), '3 tokens: prince');
    assert.equal(shortDropReason(pair('several-tokens', [2, 2])), '2 tokens: prince, princess');
    assert.equal(shortDropReason(pair('several-tokens', [2, 3])), 'several tokens: prince, princess');
    assert.equal(shortDropReason(pair('unknown', [0, 1])), 'no token: prince');
    assert.equal(shortDropReason(pair('unknown', [0, 0])), 'no token: prince, princess');
  });

  it('is short for each status', () => {
    const all: readonly PairStatus[] = [
      ...(['left-out', 'several-tokens', 'same-token', 'no-difference'] as const),
      ...(['unknown', 'duplicate', 'swapped'] as const),
    ];
    for (const status of all) {
      const tokens = status === 'several-tokens' ? [2, 1] : status === 'unknown' ? [0, 1] : [1, 1];
      const reason = shortDropReason(pair(status, tokens))!;
      assert.ok(reason.length > 0 && reason.length < 24, reason);
    }
  });
});
