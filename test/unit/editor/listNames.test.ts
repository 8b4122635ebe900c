import assert from 'node:assert/strict';
import { acceptedRow, nameRows, type NamesNow } from '../../../src/editor/commands/listNames';

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

  it('keeps every row in its place while a name is being typed', () => {
    for (const hasLast of [true, false])
      for (const known of [[], forty.slice(0, 1), forty]) {
        const places = (name: string): string[] =>
          shown({ known, hasLast, name, except: 'here' }).map((row) =>
            /^concept|-/u.test(row) ? row : 'slot',
          );
        for (const name of ['ruler', 'concept', 'c']) assert.deepEqual(places(name), places(''), name);
        for (const name of ['concept 1', 'here'])
          assert.deepEqual(
            places(name).map((row) => (row === '-' ? 'slot' : row)),
            places('').map((row) => (row === '-' ? 'slot' : row)),
            name,
          );
      }
  });

  it('accepts a typed name, unless a known one begins like that', () => {
    const accepted = (name: string, except?: string): string | undefined => {
      const rows = nameRows({ known: forty, hasLast: true, isNaming: false, name, except });
      const row = rows[acceptedRow(rows, name)];
      return row?.kind === 'known' ? row.item.name : row?.kind;
    };
    assert.equal(accepted('ruler'), 'offer');
    assert.equal(accepted('concept'), 'concept 1');
    assert.equal(accepted('concept 2'), 'concept 2');
    assert.equal(accepted('concept 3'), 'concept 3');
    assert.equal(accepted('here', 'here'), undefined);
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
