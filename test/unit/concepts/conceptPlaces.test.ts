import assert from 'node:assert/strict';
import { serializeConceptFile } from '../../../src/concepts/conceptFile';
import { conceptPlaces, wordAt } from '../../../src/concepts/conceptPlaces';

const file = serializeConceptFile({
  version: 1,
  concepts: [
    {
      name: 'male → female',
      note: 'with a note',
      pairs: [
        { base: 'king', target: 'queen' },
        { base: 'a "b"', target: '男' },
      ],
    },
    { name: 'empty', pairs: [] },
  ],
});

describe('the places of a concept file', () => {
  it('are those of names, pairs and words', () => {
    const [first, second] = conceptPlaces(file);
    const textAt = ({ start, end }: { start: number; end: number }) => file.slice(start, end);
    assert.equal(textAt(first!), '"male → female"');
    assert.deepEqual(first!.pairs.map(textAt), ['["king", "queen"]', '["a \\"b\\"", "男"]']);
    assert.deepEqual(first!.pairs[1]!.words.map(textAt), ['"a \\"b\\""', '"男"']);
    assert.equal(textAt(second!), '"empty"');
    assert.deepEqual(second!.pairs, []);
  });

  it('are none in a text that is no concept file, however deep it nests', () => {
    for (const text of ['', '[]', 'king → queen', '['.repeat(100_000)]) {
      assert.deepEqual(conceptPlaces(text), []);
      assert.equal(wordAt(text, text.length), undefined);
    }
  });

  it('include the word being typed, up to the cursor', () => {
    const at = file.indexOf('queen') + 2;
    const start = file.indexOf('queen');
    assert.deepEqual(wordAt(file, at), { start, end: start + 5, typed: 'qu' });
    const unfinished = `${file.slice(0, at)}\n]}]}`;
    assert.equal(wordAt(unfinished, at)?.typed, 'qu');
  });

  it('have no word in names, notes and between words', () => {
    for (const where of ['male', 'with a', '", "queen'])
      assert.equal(wordAt(file, file.indexOf(where) + (where.startsWith('"') ? 2 : 1)), undefined, where);
  });
});
