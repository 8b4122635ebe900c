import assert from 'node:assert/strict';
import { contextValues, type Situation } from '../../../src/editor/contextKeys';
import { emptyGeometryState } from '../../../src/protocol/panelMessages';
import { sampleResult } from '../support/sampleResult';

const nothing: Situation = {
  file: null,
  isInvalid: false,
  can: { undo: false, redo: false },
  session: emptyGeometryState,
  modelFolder: '',
  readsFromHub: false,
  text: 'none',
  isPanelVisible: false,
  isExample: false,
};

function keysOf(change: Partial<Situation>): string[] {
  const values = contextValues({ ...nothing, ...change });
  return Object.entries(values)
    .filter(([, value]) => value)
    .map(([key]) => key)
    .sort();
}

describe('the context keys', () => {
  it('of a window without anything say only that the extension is active', () => {
    assert.deepEqual(keysOf({}), ['isActive']);
  });

  it('tell an empty file from concepts, and concepts from pairs', () => {
    const file = (pairs: { base: string; target: string }[][]) => ({
      version: 1 as const,
      concepts: pairs.map((list, i) => ({ name: `c${i}`, pairs: list })),
    });
    assert.deepEqual(keysOf({ file: file([]) }), ['hasFile', 'isActive']);
    assert.deepEqual(keysOf({ file: file([[]]) }), ['hasConcepts', 'hasFile', 'isActive']);
    assert.ok(keysOf({ file: file([[{ base: 'king', target: 'queen' }]]) }).includes('hasPairs'));
  });

  it('tell context pairs from labelled contexts', () => {
    const file = { version: 2 as const, concepts: [] };
    const contextPairs = [{ name: 'a', pairs: [{ base: 'He', target: 'She' }] }];
    const contextSets = [{ label: 'a', texts: ['Once'] }];
    assert.deepEqual(keysOf({ file: { ...file, contextPairs } }), [
      ...['hasContextPairs', 'hasContexts', 'hasFile', 'isActive'],
    ]);
    assert.deepEqual(keysOf({ file: { ...file, contextSets } }), [
      ...['hasContextSets', 'hasContexts', 'hasFile', 'isActive'],
    ]);
  });

  it('say that an invalid file exists, that a selected text is a text, and what can be undone', () => {
    const change = { isInvalid: true, text: 'selected', can: { undo: true, redo: false } } as const;
    assert.deepEqual(keysOf(change), [
      ...['canUndo', 'hasFile', 'hasSelection', 'hasText', 'isActive', 'isInvalid'],
    ]);
    assert.deepEqual(keysOf({ text: 'visible' }), ['hasText', 'isActive']);
  });

  it('say that there is a map only while the panel shows two directions', () => {
    const result = sampleResult;
    const session = { ...emptyGeometryState, result };
    assert.ok(result.concepts.filter(({ kept }) => kept > 0).length > 1);
    assert.ok(keysOf({ session, isPanelVisible: true }).includes('hasMap'));
    assert.ok(!keysOf({ session }).includes('hasMap'));
    const one = { ...session, result: { ...result, concepts: result.concepts.slice(0, 1) } };
    assert.ok(!keysOf({ session: one, isPanelVisible: true }).includes('hasMap'));
    assert.ok(keysOf({ session: one }).includes('hasResult'));
  });
});
