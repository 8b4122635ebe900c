import assert from 'node:assert/strict';
import { join } from 'node:path';
import { RowCache } from '../../../src/model/head/rowCache';
import { Model } from '../../../src/model/model';
import { headFixtures, readNpy } from '../support/fixtures';

describe('the cache of rows', () => {
  it('evicts the least recently used first', () => {
    const cache = new RowCache(4 * 2 ** 20);
    assert.equal(cache.capacity, 2);
    const rows = [0, 1, 2].map((value) => Float32Array.of(value));
    cache.set(0, rows[0]!);
    cache.set(1, rows[1]!);
    assert.equal(cache.get(0), rows[0]);
    cache.set(2, rows[2]!);
    assert.deepEqual(
      [0, 1, 2].map((id) => cache.get(id)),
      [rows[0], undefined, rows[2]],
    );
  });

  it('never changes the rows: known, new and repeated ids in any combination', () => {
    for (const name of ['tied-fp16', 'untied-fp32-trace', 'untied-q4-b32-sym-qdq', 'untied-int8']) {
      const truth = readNpy(join(headFixtures, name, 'unembedding.npy'));
      const model = new Model(join(headFixtures, name));
      const fresh = new Model(join(headFixtures, name));
      for (const ids of [[3, 5], [5, 7, 3, 7], [], [639, 5, 0, 639], [3]]) {
        const { data } = model.unembedding.rows(ids);
        ids.forEach((id, index) => {
          const row = data.subarray(index * truth.columns, (index + 1) * truth.columns);
          assert.deepEqual(row, fresh.unembedding.rows([id]).data);
          row.forEach((value, j) => {
            assert.ok(Math.abs(value - truth.data[id * truth.columns + j]!) <= 1e-6 * Math.abs(value) + 1e-9);
          });
          // Returned rows belong to the caller: changing them must not affect the next result.
          row.fill(NaN);
        });
      }
      model.close();
      fresh.close();
    }
  });
});
