import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentencePieceSource } from '../../../src/model/tokenizer/sentencePieceSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { withFolder } from '../support/fixtures';
import { ggufTokenizer } from '../support/openedTokenizer';
import { sentencePieceModel, type Piece, type SentencePieceOptions } from '../support/tokenizerForms';
import type { MetadataValue } from '../support/writeGguf';

type Metadata = Readonly<Record<string, MetadataValue>>;

const g = (key: string): string => `tokenizer.ggml.${key}`;
const texts = ['<unk>', '<s>', '</s>', '▁', 'k', 'i', 'n', 'g', 'in', 'ing', '▁k', '▁king'];
const scores = texts.map((_, id) => (id < 8 ? 0 : 8 - id));
const types = texts.map((_, id) => (id === 0 ? 2 : id < 3 ? 3 : 1));
const pieces: Metadata = {
  [g('model')]: 'llama',
  [g('tokens')]: texts,
  [g('scores')]: { f32: scores },
  [g('token_type')]: { i32: types },
};
const bytes: Metadata = {
  [g('model')]: 'gpt2',
  [g('pre')]: 'gpt-2',
  [g('tokens')]: ['<s>', 'k', 'i', 'n', 'g', 'in', 'ing', 'Ġ', 'Ġk'],
  [g('merges')]: ['i n', 'in g', 'Ġ k'],
};

const without = (metadata: Metadata, key: string): Metadata =>
  Object.fromEntries(Object.entries(metadata).filter(([name]) => name !== g(key)));

describe('odd tokenizers', () => {
  const idsOf = (metadata: Metadata, word = 'king'): readonly number[] =>
    ggufTokenizer(metadata).tokens(word).ids;

  it('of GGUF files are read as llama.cpp reads them', () => {
    // i n → in before in g → ing; ▁k last, because ▁king is made of two pieces.
    assert.deepEqual(idsOf(pieces), [11]);
    assert.deepEqual(idsOf(bytes), [8, 6]);
    assert.deepEqual(idsOf({ ...bytes, [g('tokens')]: [...texts, 'Ġ', 'Ġk'] }), [13, 9], 'no list of types');
    assert.deepEqual(
      idsOf({ ...pieces, [g('scores')]: { f32: [...scores, 5, 5] } }),
      [11],
      'scores to spare',
    );
    assert.deepEqual(idsOf(without(pieces, 'token_type')), [11]);
  });

  it('with two equal tokens use the first, and show both', () => {
    const twice = {
      ...pieces,
      [g('tokens')]: [...texts, '▁king', ''],
      [g('scores')]: { f32: [...scores, 9, 0] },
      [g('token_type')]: { i32: [...types, 1, 1] },
    };
    assert.deepEqual(idsOf(twice), [11]);
    assert.deepEqual(ggufTokenizer(twice).pieces(15).slice(10), [
      '▁k',
      '▁king',
      '▁king',
      '[EMPTY_13]',
      '<row 14>',
    ]);
  });

  it('with merges of unknown tokens cut what these form into characters', () => {
    const odd = { ...bytes, [g('merges')]: ['k i', 'n g', '', ' ', 'a', 'i  n', '\u0000 \u0000'] };
    assert.deepEqual(idsOf(odd), [7, 1, 2, 3, 4]);
  });

  it('without a token for a character say that the word has none, or leave bytes out', () => {
    assert.deepEqual(idsOf(pieces, 'kiwi'), []);
    const { whole } = ggufTokenizer(pieces);
    assert.deepEqual(whole.encode('king城城 king').ids, [11, 0, 11]);
    assert.deepEqual(ggufTokenizer(bytes).whole.encode('k城k').ids, [1, 1]);
    assert.deepEqual(idsOf({ ...pieces, [g('unknown_token_id')]: { u32: 4_000_000_000 } }, 'kiwi'), []);
  });

  it('with names of objects’ own properties are read', () => {
    const names = ['__proto__', 'constructor', 'toString', 'length', '1', '0'];
    const odd = {
      ...bytes,
      [g('tokens')]: [...(bytes[g('tokens')] as string[]), ...names],
      [g('token_type')]: { i32: [...Array<number>(9).fill(1), ...names.map(() => 4)] },
    };
    assert.deepEqual(
      names.map((name) => ggufTokenizer(odd).tokens(name, false).ids),
      names.map((_, i) => [9 + i]),
    );
  });

  it('of a million tokens are read in seconds', function () {
    this.timeout(60_000);
    const many = Array.from({ length: 1e6 }, (_, i) => `▁w${i}`);
    const tokenizer = ggufTokenizer({
      [g('model')]: 'llama',
      [g('tokens')]: [...texts, ...many],
      [g('scores')]: { f32: [...scores, ...many.map(() => -1000)] },
    });
    assert.deepEqual(tokenizer.tokens('king').ids, [11]);
    assert.equal(tokenizer.tokenIds(1_000_100).length, 1_000_012);
    assert.equal(tokenizer.pieces(1_000_100)[1_000_011], '▁w999999');
  });

  const refused: Readonly<Record<string, readonly [Metadata, RegExp]>> = {
    'a kind that it cannot read': [
      { ...pieces, [g('model')]: 'bert' },
      /model\.gguf has a tokenizer of the kind bert, which cannot be read from it; put the model’s tokenizer\.json beside it\.$/u,
    ],
    'no kind': [without(pieces, 'model'), /has a tokenizer of the kind none/u],
    'a rule that it does not know': [
      { ...bytes, [g('pre')]: 'kimi\n-k2' },
      /model\.gguf splits texts by the rule kimi -k2, which is not known here; put/u,
    ],
    'no tokens': [{ ...pieces, [g('tokens')]: [] }, /has no list of tokens; put/u],
    'tokens that are numbers': [{ ...pieces, [g('tokens')]: { i32: [1] } }, /has no list of tokens; put/u],
    'no scores': [without(pieces, 'scores'), /has no scores of its tokens; put/u],
    'too few scores': [
      { ...pieces, [g('scores')]: { f32: [1] } },
      /has 12 tokens, but only 1 of the list scores; put/u,
    ],
    'too few types': [
      { ...pieces, [g('token_type')]: { i32: [1, 1] } },
      /has 12 tokens, but only 2 of the list token_type; put/u,
    ],
    'no merges': [without(bytes, 'merges'), /has no merges of its tokens; put/u],
  };
  for (const [what, [metadata, sentence]] of Object.entries(refused))
    it(`of GGUF files with ${what} are refused in one sentence`, () => {
      assert.throws(() => ggufTokenizer(metadata), { name: 'ModelError', message: sentence });
    });
});

describe('odd files called tokenizer.model', () => {
  const own: readonly Piece[] = texts.map((text, id) => ({ text, score: scores[id]!, type: types[id]! }));

  const tokensOf = (
    content: Uint8Array,
    others: Readonly<Record<string, unknown>> = {},
  ): readonly number[] => {
    let ids: readonly number[] = [];
    withFolder((folder) => {
      writeFileSync(join(folder, 'tokenizer.model'), content);
      for (const [name, json] of Object.entries(others))
        writeFileSync(join(folder, name), JSON.stringify(json));
      const tokenizer = new WordTokenizer(sentencePieceSource(folder));
      ids = tokenizer.whole.encode('king<|user|>').ids;
    });
    return ids;
  };

  it('have the tokens that transformers adds', () => {
    const model = sentencePieceModel(own, { byteFallback: false });
    assert.deepEqual(tokensOf(model), [11, 0]);
    assert.deepEqual(tokensOf(model, { 'added_tokens.json': { '<|user|>': 12, king: 3, '': 14 } }), [11, 12]);
    const token = { content: '<|user|>', special: true };
    assert.deepEqual(
      tokensOf(model, {
        'tokenizer_config.json': { added_tokens_decoder: { 12: token, 13: 'text', x: token } },
      }),
      [11, 12],
    );
  });

  const options: Readonly<Record<string, readonly [SentencePieceOptions, RegExp]>> = {
    'for words': [
      { modelType: 3 },
      /cuts texts into words, which cannot be used here; copy tokenizer\.json/u,
    ],
    'for characters': [{ modelType: 4 }, /cuts texts into characters, which cannot be used here; copy/u],
    'with spaces at the end': [{ whitespaceAsSuffix: true }, /marks spaces in an unusual way/u],
    'without marks for spaces': [{ escapeWhitespaces: false }, /marks spaces in an unusual way/u],
    'with damaged rules': [
      { charsmap: Buffer.from([200, 0, 0, 0, 1, 2]), normalizer: 'nmt_nfkc' },
      /has damaged rules nmt_nfkc/u,
    ],
  };
  for (const [what, [given, sentence]] of Object.entries(options))
    it(`${what} are refused in one sentence`, () => {
      assert.throws(() => tokensOf(sentencePieceModel(own, given)), {
        name: 'ModelError',
        message: sentence,
      });
    });

  it('of other kinds are refused in one sentence', () => {
    const tiktoken = Buffer.from('IQ== 0\nIg== 1\nIw== 2\n');
    assert.throws(
      () => tokensOf(tiktoken),
      /^ModelError: tokenizer\.model of .* is a file of tiktoken, which has no splitting rule; copy tokenizer\.json from the model’s page on the Hub\.$/u,
    );
    const model = sentencePieceModel(own);
    for (const other of [Buffer.alloc(0), Buffer.from('{}'), model.subarray(0, 40), Buffer.alloc(300, 0xff)])
      assert.throws(
        () => tokensOf(other),
        /^ModelError: tokenizer\.model of .* is not a SentencePiece model, or damaged; download it again\.$/u,
      );
  });
});
