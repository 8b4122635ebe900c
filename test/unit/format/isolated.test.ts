import assert from 'node:assert/strict';
import { isolated, isolatedPair, isolatedPairLabel } from '../../../src/format/isolated';
import { dropReason } from '../../../src/protocol/probeResult';

describe('names in text', () => {
  it('are isolated if they are written from right to left', () => {
    for (const name of ['מלך', 'ملك', 'ܡܠܟܐ', 'ߡߊ߲ߛߊ', '𞤂𞤢𞤥𞤯𞤮', 'king מלך'])
      assert.equal(isolated(name), `\u2068${name}\u2069`);
  });

  it('are unchanged otherwise', () => {
    for (const name of ['king', 'male ⇒ female', '王', 'βασιλεύς', '👩‍👩‍👧', '', '1,000'])
      assert.equal(isolated(name), name);
  });

  it('lose marks that would reverse the following text', () => {
    assert.equal(isolated('\u202eevil\u2066'), 'evil');
    assert.equal(isolated('מלך\u2069'), '\u2068מלך\u2069');
  });

  it('keep the first side of an arrow first', () => {
    assert.equal(isolated('זכר → נקבה'), '\u2068זכר\u2069 → \u2068נקבה\u2069');
    assert.equal(isolated('male ⇒ נקבה'), 'male ⇒ \u2068נקבה\u2069');
  });

  it('form a pair with the base first', () => {
    assert.equal(isolatedPairLabel({ base: 'king', target: 'queen' }), 'king → queen');
    assert.equal(isolatedPairLabel({ base: 'מלך', target: 'מלכה' }), '\u2068מלך\u2069 → \u2068מלכה\u2069');
  });

  it('do not change the reason of a dropped pair', () => {
    const pair = {
      ...{ base: 'paris', target: 'מלך', instead: { base: 'Paris', target: 'מלך' } },
      ...{ baseIds: [1, 2], targetIds: [3, 4], basePieces: ['▁par', 'is'], targetPieces: ['▁מ', 'לך'] },
      status: 'several-tokens' as const,
    };
    const plain = dropReason(isolatedPair(pair))?.replace(/[\u2068\u2069]/gu, '');
    assert.equal(plain, dropReason(pair));
    assert.match(plain!, /^paris is 2 tokens \(▁par \+ is\), but Paris is one; מלך is 2 tokens \([^)]*\)$/u);
  });
});
