import assert from 'node:assert/strict';
import { readFromPanel } from '../../src/protocol/fromPanel';

describe('messages of the panel', () => {
  it('are read as they are', () => {
    const reveal = { type: 'revealPair', concept: 'a', pair: { base: 'x', target: 'y' } };
    for (const message of [
      { type: 'ready' },
      { type: 'export', format: 'csv' },
      { type: 'command', command: 'addPair' },
      reveal,
    ]) {
      assert.deepEqual(readFromPanel(message), message);
    }
  });

  it('are nothing if they are not ours', () => {
    const foreign = [
      null,
      7,
      {},
      { type: 'rm' },
      { type: 'export', format: 'exe' },
      { type: 'command', command: 'x' },
      { type: 'revealPair' },
    ];
    for (const message of foreign) assert.equal(readFromPanel(message), undefined);
  });
});
