import assert from 'node:assert/strict';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  BlockStore,
  clearRemoteCache,
  remoteCacheInfo,
  trimRemoteCache,
} from '../../../src/model/remote/blockStore';
import { withFolder } from '../support/fixtures';

const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
const bytes = Buffer.from('some bytes');
const range = { start: 65_536, end: 65_536 + bytes.length };

describe('the cache of rows that are read over the network', () => {
  it('keeps bytes, and discards what is damaged', () => {
    withFolder((root) => {
      const store = new BlockStore(first, root);
      assert.equal(store.get(range), undefined);
      store.set(range, bytes);
      assert.deepEqual(store.ranges(), [range]);
      assert.ok(bytes.equals(store.get(range)!));
      const [name] = readdirSync(join(root, 'rows', first));
      writeFileSync(join(root, 'rows', first, name!), 'damaged');
      assert.equal(store.get(range), undefined);
      assert.deepEqual(store.ranges(), []);
    });
  });

  it('removes the files that were used least recently, and leaves what is not its own', () => {
    withFolder((root) => {
      for (const identity of [first, second]) new BlockStore(identity, root).set(range, bytes);
      utimesSync(join(root, 'rows', first), new Date(0), new Date(0));
      writeFileSync(join(root, 'rows', 'mine'), 'mine');
      trimRemoteCache(root, 50);
      assert.deepEqual(readdirSync(join(root, 'rows')), [second, 'mine']);
      assert.deepEqual([remoteCacheInfo(root).files, remoteCacheInfo(root).bytes], [1, 32 + bytes.length]);
      assert.equal(clearRemoteCache(root).files, 1);
      assert.ok(existsSync(join(root, 'rows', 'mine')));
    });
  });

  it('is not needed: a folder that cannot be written only means to read again', () => {
    withFolder((root) => {
      writeFileSync(join(root, 'rows'), 'a file');
      const store = new BlockStore(first, root);
      store.set(range, bytes);
      assert.equal(store.get(range), undefined);
      assert.equal(remoteCacheInfo(root).files, 0);
    });
  });
});
