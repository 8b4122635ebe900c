import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Turns } from '../../../src/editor/turns';

describe('turns', () => {
  it('run tasks in order, also after one that fails', async () => {
    const turns = new Turns();
    const done: number[] = [];
    const task = (number: number) => async (): Promise<void> => {
      await sleep(5 - number);
      done.push(number);
      if (number === 1) throw new Error('one');
    };
    const [first, second, third] = [1, 2, 3].map((number) => turns.run(task(number)));
    await assert.rejects(first!, /one/u);
    await Promise.all([second, third]);
    assert.deepEqual(done, [1, 2, 3]);
  });

  it('skip tasks when too many are waiting, and accept them again later', async () => {
    const turns = new Turns(2);
    let count = 0;
    const task = async (): Promise<void> => {
      await sleep(1);
      count++;
    };
    await Promise.all(Array.from({ length: 9 }, () => turns.run(task)));
    assert.equal(count, 2);
    await turns.run(task);
    assert.equal(count, 3);
  });
});
