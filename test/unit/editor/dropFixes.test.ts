import assert from 'node:assert/strict';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { dropFixes } from '../../../src/editor/dropFixes';
import type { PairResult } from '../../../src/protocol/probeResult';

const dropped: PairResult = {
  base: 'paris',
  target: 'france',
  baseIds: [1, 2],
  basePieces: ['▁par', 'is'],
  targetIds: [3],
  targetPieces: ['▁france'],
  status: 'several-tokens',
};

describe('the quick fixes of a pair that does not count', () => {
  const commands = (result: PairResult, rule = defaultTokenRule) =>
    dropFixes('capitals', result, rule).map(({ command, argument }) => [command.split('.')[1], argument]);

  it('are other capitals, another token rule, leaving it out and deleting it', () => {
    const instead = { base: 'Paris', target: 'France' };
    const pair = { base: 'paris', target: 'france' };
    assert.deepEqual(commands({ ...dropped, instead }), [
      ['useOtherCapitals', { concept: 'capitals', pair, instead }],
      ['changeTokenRule', { policy: 'mean', leadingSpace: true }],
      ['leaveOutPair', { concept: 'capitals', pair }],
      ['deletePair', { concept: 'capitals', pair }],
    ]);
  });

  it('offer words without the space if the space is a token of its own', () => {
    const split = { ...dropped, basePieces: ['▁', '男'] };
    assert.deepEqual(commands(split)[0], ['changeTokenRule', { policy: 'single', leadingSpace: false }]);
  });

  it('offer only to leave out or delete a pair that no token rule helps, and nothing for a kept one', () => {
    assert.deepEqual(
      commands({ ...dropped, status: 'duplicate' }).map(([name]) => name),
      ['leaveOutPair', 'deletePair'],
    );
    assert.deepEqual(commands({ ...dropped, status: 'kept' }), []);
  });

  it('include a pair again that was left out', () => {
    assert.deepEqual(
      commands({ ...dropped, status: 'left-out' }).map(([name]) => name),
      ['includePair'],
    );
  });
});
