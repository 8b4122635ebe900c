import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jsonSource } from '../../../src/model/tokenizer/jsonSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { builtInModel } from '../support/builtInModel';

/**
 * Hugging Face's tokenizers (Rust, `added_vocabulary.rs`): an added token with `single_word` counts only if no adjacent
 * character matches Rust's `\w`; of the tokens that start at one position the longest is tried, and nothing inside it
 * afterwards.
 */
describe('added tokens', () => {
  let original: Record<string, unknown> & { added_tokens: object[] };
  let folder: string;

  before(async function () {
    original = JSON.parse(
      readFileSync(join(await builtInModel(), 'tokenizer.json'), 'utf8'),
    ) as typeof original;
    folder = mkdtempSync(join(tmpdir(), 'concept-probe-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** The built-in model's tokenizer with one additional token. */
  const withToken = (flags: object, others: readonly object[] = []): WordTokenizer => {
    const flagsOfAll = {
      lstrip: false,
      rstrip: false,
      single_word: false,
      normalized: false,
      special: false,
    };
    const added = [{ ...flagsOfAll, ...flags }, ...others.map((other) => ({ ...flagsOfAll, ...other }))];
    const tokens = added.map((token, i) => ({ id: 32_000 + i, content: 'queer', ...token }));
    writeFileSync(
      join(folder, 'tokenizer.json'),
      JSON.stringify({ ...original, added_tokens: [...original.added_tokens, ...tokens] }),
    );
    return new WordTokenizer(jsonSource(folder));
  };

  it('with single_word are never part of a longer word', async () => {
    const plain = new WordTokenizer(jsonSource(await builtInModel()));
    for (const normalized of [false, true]) {
      const tokenizer = withToken({ single_word: true, normalized });
      assert.deepEqual(tokenizer.tokens('queer').ids, [32_000]);
      for (const word of ['queerly', 'aqueer', 'queerqueer', 'queer_', 'queer2', 'queerं'])
        assert.deepEqual(tokenizer.tokens(word), plain.tokens(word), word);
      assert.deepEqual(tokenizer.tokens('queer-king').ids[0], 32_000);
      // The normalizer writes ▁queer for the token too, and in a text that ▁ is adjacent to the previous word.
      assert.equal(tokenizer.tokens('king queer').ids.includes(32_000), !normalized);
    }
  });

  it('without single_word can be part of any word', () => {
    const tokenizer = withToken({});
    assert.deepEqual(tokenizer.tokens('queer').ids, [32_000]);
    assert.equal(tokenizer.tokens('queerly').ids[0], 32_000);
  });

  it('of both kinds work together', () => {
    const tokenizer = withToken({ single_word: true }, [{ content: '@' }]);
    assert.deepEqual(tokenizer.tokens('@queer').ids, [32_001, 32_000]);
    assert.ok(!tokenizer.tokens('@queerly').ids.includes(32_000));
  });

  it('with single_word also work for words tokenized in bulk', () => {
    const prepared = withToken({ single_word: true });
    prepared.prepare(['queerly', 'queer', 'king']);
    const whole = withToken({ single_word: true });
    for (const word of ['queerly', 'queer', 'king'])
      assert.deepEqual(prepared.tokens(word), whole.tokens(word));
  });

  it('with lstrip and rstrip include the adjacent space', () => {
    const spaces = withToken({ lstrip: true, rstrip: true });
    assert.deepEqual(spaces.tokens('king queer king').pieces, ['▁king', 'queer', '▁king']);
  });
});
