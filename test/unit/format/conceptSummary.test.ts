import assert from 'node:assert/strict';
import { conceptSummary, pairTokens } from '../../../src/format/conceptSummary';
import { meanLeaveOneOut } from '../../../src/format/conceptMetrics';
import { formatCosine } from '../../../src/format/numbers';
import { inShownProduct } from '../../../src/format/shownProduct';
import { sampleResult } from '../support/sampleResult';

describe('what stands in a concept file', () => {
  it('is how many pairs count and their mean, as everywhere else', () => {
    const [first] = sampleResult.concepts;
    const mean = meanLeaveOneOut.value(inShownProduct(first!).value)!;
    const { kept, given } = first!;
    assert.equal(conceptSummary(first, false), `${kept} of ${given} pairs, ${formatCosine(mean)}`);
    const one = { ...first!.pairs[0]!, status: 'left-out' as const };
    const leftOut = { ...first!, pairs: [one, ...first!.pairs, one] };
    assert.equal(conceptSummary(leftOut, false), `${conceptSummary(first, false)}, 2 left out`);
    assert.match(conceptSummary(first, true), /\(before the latest change\)$/u);
    assert.equal(conceptSummary(undefined, false), 'Not computed yet');
  });

  it('is the tokens of each word', () => {
    const cut = {
      base: 'king',
      target: 'princess',
      baseIds: [6989],
      basePieces: ['▁king'],
      targetIds: [544, 985],
      targetPieces: ['▁prin', 'cess'],
      status: 'several-tokens',
    } as const;
    assert.deepEqual(pairTokens(cut), ['▁king 6989', '▁prin 544 + cess 985']);
    assert.equal(pairTokens({ ...cut, baseIds: [], basePieces: [] })[0], 'no token');
  });
});
