import assert from 'node:assert/strict';
import { isolated, isolatedPairLabel } from '../../src/protocol/isolated';

describe('names in text', () => {
  it('are isolated where they are written from right to left', () => {
    for (const name of ['מלך', 'ملك', 'ܡܠܟܐ', 'ߡߊ߲ߛߊ', '𞤂𞤢𞤥𞤯𞤮', 'king מלך'])
      assert.equal(isolated(name), `\u2068${name}\u2069`);
  });

  it('stay as they are otherwise', () => {
    for (const name of ['king', 'male ⇒ female', '王', 'βασιλεύς', '👩‍👩‍👧', '', '1,000'])
      assert.equal(isolated(name), name);
  });

  it('lose marks that would turn round what follows', () => {
    assert.equal(isolated('\u202eevil\u2066'), 'evil');
    assert.equal(isolated('מלך\u2069'), '\u2068מלך\u2069');
  });

  it('keep the first side of an arrow first', () => {
    assert.equal(isolated('זכר → נקבה'), '\u2068זכר\u2069 → \u2068נקבה\u2069');
    assert.equal(isolated('male ⇒ נקבה'), 'male ⇒ \u2068נקבה\u2069');
  });

  it('make a pair with the base first', () => {
    assert.equal(isolatedPairLabel({ base: 'king', target: 'queen' }), 'king → queen');
    assert.equal(isolatedPairLabel({ base: 'מלך', target: 'מלכה' }), '\u2068מלך\u2069 → \u2068מלכה\u2069');
  });
});
