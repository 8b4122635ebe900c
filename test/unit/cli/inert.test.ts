import assert from 'node:assert/strict';
import fc from 'fast-check';
import { inert } from '../../../src/cli/inert';

const clipboard = '\u001b]52;c;cm0gLXJm\u0007';

describe('text for a terminal', () => {
  it('shows escape sequences instead of sending them', () => {
    assert.equal(inert(`king${clipboard}`), 'king\\u001b]52;c;cm0gLXJm\\u0007');
    assert.equal(inert('a\r\u009b2J\u202eb\u007f'), 'a\\u000d\\u009b2J\\u202eb\\u007f');
  });

  it('keeps every other character', () => {
    const usual = 'a\tb\nc → dûäø ▁king “x” \u2068\u05de\u05dc\u05da\u2069 日本 👑';
    assert.equal(inert(usual), usual);
  });

  it('is the same JSON', () => {
    const hostile = fc.constantFrom(clipboard, '\u0085', '\u202e', '\u2067', '\\u001b', '"', '\\', 'a');
    const text = fc
      .array(fc.oneof(hostile, fc.string({ maxLength: 5 })), { maxLength: 5 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.dictionary(text, text, { maxKeys: 5 }), (document) => {
        const written = inert(JSON.stringify(document, null, 2));
        assert.deepEqual(JSON.parse(written), JSON.parse(JSON.stringify(document)));
        assert.doesNotMatch(written, /(?!\n)\p{Cc}|[\u202a-\u202e]/u);
      }),
    );
  });
});
