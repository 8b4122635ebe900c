import assert from 'node:assert/strict';
import { newDropsText } from '../../../src/format/newDrops';
import type { PairResult, ProbeResult } from '../../../src/protocol/probeResult';
import { sampleResult } from '../support/sampleResult';

const cut = {
  base: 'duke',
  target: 'duchess',
  baseIds: [6989],
  basePieces: ['▁duke'],
  targetIds: [544, 985],
  targetPieces: ['▁duch', 'ess'],
  status: 'several-tokens',
} as const;
const repeated = { ...cut, base: 'fox', target: 'foxes', status: 'duplicate' } as const;

const withPairs = (...more: readonly PairResult[]): ProbeResult => {
  const [first, ...others] = sampleResult.concepts;
  return { ...sampleResult, concepts: [{ ...first!, pairs: [...first!.pairs, ...more] }, ...others] };
};

describe('what is said of new pairs that do not count', () => {
  it('is the reason of the first, and how many more there are', () => {
    assert.equal(
      newDropsText(sampleResult, withPairs(cut)),
      'duke → duchess is not used: duchess is 2 tokens (▁duch + ess)',
    );
    assert.match(newDropsText(sampleResult, withPairs(cut, repeated))!, /\(and 1 more of the new pairs\)$/u);
  });

  it('is nothing if they count, are left out, or were there before, under another name too', () => {
    assert.equal(newDropsText(sampleResult, withPairs({ ...cut, status: 'kept' })), undefined);
    assert.equal(newDropsText(sampleResult, withPairs({ ...cut, status: 'left-out' })), undefined);
    const earlier = withPairs(cut);
    const renamed = earlier.concepts.map((concept) => ({ ...concept, name: `${concept.name}, renamed` }));
    assert.equal(newDropsText(earlier, { ...earlier, concepts: renamed }), undefined);
  });
});
