import assert from 'node:assert/strict';
import { Recent } from '../../../src/probe/geometry/recent';

interface Made {
  readonly of: string;
}

describe('the memo of a probe', () => {
  const made: string[] = [];
  beforeEach(() => {
    made.length = 0;
  });
  const make = (of: string) => (): Made => {
    made.push(of);
    return { of };
  };
  const makeAll =
    (keys: readonly string[]) =>
    (missing: readonly number[]): Promise<Made[]> => {
      made.push(missing.map((position) => keys[position]!).join('+'));
      return Promise.resolve(missing.map((position) => ({ of: keys[position]! })));
    };

  it('computes unknown values once, for this probe and the next', async () => {
    const first = new Recent<Made>();
    assert.equal(first.known('a'), undefined);
    const a = await first.get('a', make('a'));
    assert.equal(await first.get('a', make('a')), a);
    const second = new Recent(first);
    assert.equal(await second.get('a', make('a')), a);
    assert.equal(second.known('a'), a);
    assert.deepEqual(made, ['a']);
  });

  it('drops values that a probe does not use, and keeps those that it only reads', async () => {
    const first = new Recent<Made>();
    for (const key of ['a', 'b', 'c']) await first.get(key, make(key));
    const second = new Recent(first);
    await second.get('a', make('a'));
    second.known('b');
    const third = new Recent(second);
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => third.known(key)?.of),
      ['a', 'b', undefined],
    );
  });

  it('computes the unknown ones of several values together, in the order of the keys', async () => {
    const first = new Recent<Made>();
    const b = await first.get('b', make('b'));
    const keys = ['a', 'b', 'c', 'a'];
    const second = new Recent(first);
    const all = await second.all(keys, makeAll(keys));
    assert.deepEqual(
      all.map(({ of }) => of),
      keys,
    );
    assert.equal(all[1], b);
    assert.deepEqual(await second.all(keys, makeAll(keys)), all);
    assert.deepEqual(made, ['b', 'a+c+a']);
    assert.deepEqual(await second.all([], makeAll([])), []);
    assert.equal(made.length, 2);
  });

  it('remembers a value that is null', async () => {
    const memo = new Recent<Made | null>();
    assert.equal(await memo.get('a', () => null), null);
    assert.equal(await memo.get('a', make('a')), null);
    assert.deepEqual(await memo.all(['a'], makeAll(['a'])), [null]);
    assert.deepEqual(made, []);
  });

  it('does not remember failed computations', async () => {
    const memo = new Recent<Made>();
    const fails = () => Promise.reject(new Error('no'));
    await assert.rejects(memo.get('a', fails));
    await assert.rejects(memo.all(['a', 'b'], fails));
    assert.equal(memo.known('a'), undefined);
    assert.deepEqual(await memo.get('a', make('a')), { of: 'a' });
  });

  it('is separate for each of two probes that start after the same one', async () => {
    const before = new Recent<Made>();
    const a = await before.get('a', make('a'));
    const [first, second] = [new Recent(before), new Recent(before)];
    assert.deepEqual(await Promise.all([first.get('a', make('a')), second.get('a', make('a'))]), [a, a]);
    await first.get('b', make('b'));
    assert.equal(second.known('b'), undefined);
    assert.deepEqual(made, ['a', 'b']);
  });
});
