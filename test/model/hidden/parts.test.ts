import assert from 'node:assert/strict';
import fc from 'fast-check';
import { contextBatches } from '../../../src/model/hidden/batches';
import { contextWindow } from '../../../src/model/hidden/window';

describe('the window of a context', () => {
  const ids = (count: number, first = 7) => [first, ...Array.from({ length: count - 1 }, (_, i) => 100 + i)];

  it('is the whole context if it fits', () => {
    assert.deepEqual(contextWindow(ids(8), 8, 1), ids(8));
  });

  it('contains the last tokens of a longer context', () => {
    assert.deepEqual(contextWindow(ids(10), 4, 1), [105, 106, 107, 108]);
  });

  it('keeps BOS at the beginning, if there is one', () => {
    assert.deepEqual(contextWindow(ids(10, 1), 4, 1), [1, 106, 107, 108]);
    assert.deepEqual(contextWindow(ids(10, 1), 1, 1), [108]);
    assert.deepEqual(contextWindow(ids(10, 1), 4, null), [105, 106, 107, 108]);
  });

  it('is 4,096 tokens if the folder specifies no limit, or a larger one', () => {
    assert.equal(contextWindow(ids(5000), null, 1).length, 4096);
    assert.equal(contextWindow(ids(5000, 1), 131072, 1).length, 4096);
  });
});

describe('batches of contexts', () => {
  it('contain each context once, and no more positions than allowed, unless a single context is longer', () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 60 });
    fc.assert(
      fc.property(lengths, fc.integer({ min: 0, max: 600 }), (all, most) => {
        const batches = contextBatches(all, most);
        assert.deepEqual(
          batches.flat().sort((a, b) => a - b),
          [...all.keys()],
        );
        for (const batch of batches) {
          const padded = batch.length * Math.max(...batch.map((index) => all[index]!));
          assert.ok(batch.length === 1 || padded <= most);
        }
      }),
    );
  });

  it('group contexts of similar length', () => {
    assert.deepEqual(contextBatches([9, 2, 8, 2, 30], 20), [[1, 3], [2, 0], [4]]);
    assert.deepEqual(contextBatches([3, 2], 0), [[1], [0]]);
    assert.deepEqual(contextBatches([], 100), []);
  });
});
