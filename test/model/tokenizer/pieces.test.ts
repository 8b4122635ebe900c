import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSource } from '../../../src/model/tokenizer/jsonSource';
import { WordTokenizer } from '../../../src/model/tokenizer/wordTokenizer';
import { builtInModel } from '../support/builtInModel';
import { withFolder } from '../support/fixtures';
import { plainModel } from '../support/plainModel';

function piecesOf(definition: Readonly<Record<string, unknown>>, count: number): readonly string[] {
  let pieces: readonly string[] = [];
  withFolder((folder) => {
    writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify(definition));
    pieces = new WordTokenizer(jsonSource(folder)).pieces(count);
  });
  return pieces;
}

describe('the pieces of a vocabulary', () => {
  it('are the entries of a BPE vocabulary by id, whatever their order in the file', () => {
    const model = { type: 'BPE', vocab: { c: 2, '▁a': 0, '7': 1, length: 3 } };
    assert.deepEqual(piecesOf({ model }, 4), ['▁a', '7', 'c', 'length']);
    assert.deepEqual(piecesOf({ model, added_tokens: null }, 4), ['▁a', '7', 'c', 'length']);
  });

  it('are the entries of a Unigram list in their order', () => {
    const vocab = [
      ['<unk>', 0],
      ['▁the', -3.5],
      ['s', -4],
    ];
    assert.deepEqual(piecesOf({ model: { type: 'Unigram', vocab } }, 3), ['<unk>', '▁the', 's']);
  });

  it('include the added tokens, even in place of others', () => {
    const model = { type: 'BPE', vocab: { a: 0, b: 1 } };
    const added_tokens = [
      { id: 3, content: '<|end|>', special: true },
      { id: 1, content: '<s>' },
    ];
    assert.deepEqual(piecesOf({ model, added_tokens }, 4), ['a', '<s>', '<row 2>', '<|end|>']);
  });

  it('are named by id if the head has more rows, and fewer if it has fewer', () => {
    const model = { type: 'BPE', vocab: { a: 0, b: 1, c: 2 } };
    const added_tokens = [{ id: 9, content: '<x>' }];
    assert.deepEqual(piecesOf({ model, added_tokens }, 5), ['a', 'b', 'c', '<row 3>', '<row 4>']);
    assert.deepEqual(piecesOf({ model, added_tokens }, 2), ['a', 'b']);
    assert.deepEqual(piecesOf({ model, added_tokens }, 0), []);
  });

  it('are ignored if the file is malformed', () => {
    assert.deepEqual(piecesOf({}, 2), ['<row 0>', '<row 1>']);
    assert.deepEqual(piecesOf({ model: null }, 1), ['<row 0>']);
    const vocab = { a: -1, b: 0.5, c: 'x', d: null, e: 0 };
    assert.deepEqual(piecesOf({ model: { vocab }, added_tokens: [{ id: 1 }, {}] }, 2), ['e', '<row 1>']);
    assert.deepEqual(piecesOf({ model: { vocab: ['a', null, ['b', 0]] } }, 3), ['<row 0>', '<row 1>', 'b']);
  });

  it('of real models are those that words are split into', async function () {
    const words = ['king', 'queen', 'man', 'princess', 'understanding', 'system'];
    for (const folder of [await builtInModel(), (await plainModel('MiniMind2')).folder]) {
      const tokenizer = new WordTokenizer(jsonSource(folder));
      const pieces = tokenizer.pieces(40_000);
      assert.equal(pieces.length, 40_000);
      assert.deepEqual([pieces[1]!.length > 0, pieces[39_999]], [true, '<row 39999>']);
      for (const word of words) {
        const { ids, pieces: expected } = tokenizer.tokens(word);
        assert.deepEqual(
          ids.map((id) => pieces[id]),
          expected,
        );
      }
    }
  });
});
