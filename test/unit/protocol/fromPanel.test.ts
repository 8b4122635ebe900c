import assert from 'node:assert/strict';
import { readFromPanel } from '../../../src/protocol/fromPanel';

describe('messages of the panel', () => {
  it('are parsed unchanged', () => {
    const reveal = { type: 'revealPair', concept: 'a', pair: { base: 'x', target: 'y' } };
    for (const message of [
      { type: 'ready' },
      { type: 'export', format: 'csv' },
      { type: 'saveFile', file: { name: 'pairs.causal.01-男-女.svg', content: '<svg/>' } },
      { type: 'saveFile', file: { name: 'control.png', content: Uint8Array.of(1, 2) } },
      { type: 'exportFigures' },
      { type: 'figures', files: [{ name: 'control.txt', content: 'x' }], left: 0, problem: null },
      { type: 'command', command: 'addPair' },
      { type: 'typePairs', concept: 'male → female' },
      reveal,
      { ...reveal, type: 'includePair' },
      { type: 'vocabulary', product: 'causal', x: 'a', y: null },
      { type: 'vocabulary', product: 'euclidean', x: 'a', y: 'b' },
      { type: 'findPairs', concept: 'a', product: 'causal' },
      { type: 'choose', concept: 'a' },
      { type: 'between', a: 'a', b: 'b' },
      { type: 'steer', concept: 'a' },
      { type: 'steer', product: 'euclidean' },
      { type: 'continue', alphas: [0, -0.5], count: 30, temperature: 0, seed: 0 },
      { type: 'copyContinuations' },
      { type: 'close', view: 'steering' },
      { type: 'close', view: 'vocabulary' },
      { type: 'close', view: 'comparison' },
      { type: 'close', view: 'measurement' },
      { type: 'revealContexts', set: 'a', pair: { base: 'x', target: 'y' } },
    ]) {
      assert.deepEqual(readFromPanel(message), message);
    }
  });

  it('are ignored if they are unknown', () => {
    const foreign = [
      null,
      7,
      {},
      { type: 'rm' },
      { type: 'export', format: 'exe' },
      { type: 'saveFile', file: { name: '../control.png', content: '' } },
      { type: 'saveFile', file: { name: 'a/control.png', content: '' } },
      { type: 'saveFile', file: { name: '.profile', content: '' } },
      { type: 'saveFile', file: { name: 'control.exe', content: '' } },
      { type: 'saveFile', file: { name: 'control.png', content: [1] } },
      { type: 'command', command: 'x' },
      { type: 'revealPair' },
      { type: 'revealContexts', set: 'a' },
      { type: 'vocabulary', product: 'hyperbolic', x: 'a', y: null },
      { type: 'vocabulary', product: 'causal', x: 'a' },
      { type: 'vocabulary', product: 'causal', x: 7, y: null },
      { type: 'findPairs' },
      { type: 'steer', product: 'hyperbolic' },
      { type: 'continue', alphas: [], count: 30, temperature: 0, seed: 0 },
      { type: 'continue', alphas: [Infinity], count: 30, temperature: 0, seed: 0 },
      { type: 'continue', alphas: Array.from({ length: 11 }, () => 0), count: 30, temperature: 0, seed: 0 },
      { type: 'continue', alphas: [0], count: 0, temperature: 0, seed: 0 },
      { type: 'continue', alphas: [0], count: 1e9, temperature: 0, seed: 0 },
      { type: 'continue', alphas: [0], count: 30, temperature: -1, seed: 0 },
      { type: 'continue', alphas: [0], count: 30, temperature: 0, seed: 0.5 },
      { type: 'close', view: 'panel' },
    ];
    for (const message of foreign) assert.equal(readFromPanel(message), undefined);
  });
});
