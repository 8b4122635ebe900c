import assert from 'node:assert/strict';
import { nameRows, type NamesNow } from '../../../src/editor/commands/listNames';

const forty = Array.from({ length: 40 }, (_, index) => ({ name: `concept ${index + 1}` }));

/** The rows as words: names, “+” for the row that asks for a new name, “new” for the offer of the typed one. */
const shown = (change: Partial<NamesNow<{ name: string }>> = {}): string[] =>
  nameRows({ known: forty, hasLast: true, isNaming: false, name: '', ...change }).map((row) =>
    row.kind === 'known' ? row.item.name : { new: '+', offer: 'new', line: '-' }[row.kind],
  );

describe('a list of names', () => {
  it('begins with the name used last and the row for a new one, whatever follows', () => {
    assert.deepEqual(shown().slice(0, 4), ['concept 1', '+', '-', 'concept 2']);
    assert.equal(shown().length, 42);
    assert.deepEqual(shown({ known: forty.slice(0, 1) }), ['concept 1', '+']);
  });

  it('begins with the row for a new one if none was used before, so that Enter misfiles nothing', () => {
    assert.deepEqual(shown({ hasLast: false }).slice(0, 3), ['+', '-', 'concept 1']);
    assert.deepEqual(shown({ hasLast: false, known: [] }), ['+']);
  });

  it('offers a typed name first, unless a known one begins like that', () => {
    assert.equal(shown({ name: 'ruler' })[0], 'new');
    const rows = shown({ name: 'concept' });
    assert.deepEqual([rows[0], rows.at(-1)], ['concept 1', 'new']);
    assert.ok(!shown({ name: 'concept 7' }).includes('new'));
    assert.ok(!shown({ name: 'here', except: 'here' }).includes('new'));
  });

  it('offers only the typed name once a new one is asked for', () => {
    assert.deepEqual(shown({ isNaming: true }), []);
    assert.deepEqual(shown({ isNaming: true, name: 'concept' }), ['new']);
    assert.deepEqual(shown({ isNaming: true, name: 'concept 7' }), ['concept 7']);
    assert.deepEqual(shown({ isNaming: true, name: 'here', except: 'here' }), []);
  });
});
