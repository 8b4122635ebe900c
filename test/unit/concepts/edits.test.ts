import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EditHistory } from '../../../src/editor/stores/editHistory';
import { whyNotWritable, type Disk } from '../../../src/editor/stores/whyNotWritable';

describe('undoable edits', () => {
  const edit = (number: number) => ({ uri: 'a', before: `${number - 1}`, after: `${number}` });

  it('are undone and redone, newest first', () => {
    const history = new EditHistory();
    assert.equal(history.next('undo'), undefined);
    history.add(edit(1));
    history.add(edit(2));
    assert.deepEqual(history.next('undo'), edit(2));
    history.moved('undo');
    assert.deepEqual([history.next('undo'), history.next('redo')], [edit(1), edit(2)]);
    history.moved('redo');
    assert.deepEqual([history.next('undo'), history.next('redo')], [edit(2), undefined]);
  });

  it('discard undone edits after a new edit', () => {
    const history = new EditHistory();
    history.add(edit(1));
    history.moved('undo');
    history.add(edit(3));
    assert.deepEqual([history.next('undo'), history.next('redo')], [edit(3), undefined]);
  });

  it('are limited to a hundred', () => {
    const history = new EditHistory();
    for (let i = 1; i <= 150; i++) history.add(edit(i));
    let undone = 0;
    for (; history.next('undo'); undone++) history.moved('undo');
    assert.equal(undone, 100);
  });
});

describe('the reason why a file cannot be written', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concept-probe-writable-'));
    await mkdir(join(folder, 'a folder'));
    await writeFile(join(folder, 'a file'), '');
  });
  after(() => rm(folder, { recursive: true }));

  const fails = (code: string) => () => Promise.reject(Object.assign(new Error(code), { code }));
  const disk = (change: Partial<Disk>): Disk => ({
    access: () => Promise.resolve(),
    stat: () => Promise.resolve({ isDirectory: () => false }),
    statfs: () => Promise.resolve({ bavail: 100, bsize: 4096 }),
    ...change,
  });
  /** Only the folder exists. */
  const isNew: Pick<Disk, 'stat'> = {
    stat: (path) => (path === '/a' ? Promise.resolve({ isDirectory: () => true }) : fails('ENOENT')()),
  };

  it('is missing if there is no obstacle', async () => {
    assert.equal(await whyNotWritable(join(folder, 'a file'), 10), undefined);
    assert.equal(await whyNotWritable(join(folder, 'new'), 10), undefined);
    assert.equal(await whyNotWritable(join(folder, 'gone', 'deeper', 'new'), 10), undefined);
  });

  it('is a folder in place of the file, or a file in place of the folder', async () => {
    assert.equal(await whyNotWritable(join(folder, 'a folder'), 10), 'there is a folder with that name');
    assert.equal(await whyNotWritable(join(folder, 'a file', 'x', 'y'), 10), 'a file is not a folder');
  });

  it('is missing permission, or a full disk', async () => {
    const root = disk({ stat: (path) => Promise.resolve({ isDirectory: () => path === '/a' }) });
    const cases: [Disk, string][] = [
      [{ ...root, access: fails('EACCES') }, 'it is read-only'],
      [{ ...root, access: fails('EPERM') }, 'it is read-only'],
      [{ ...root, access: fails('EROFS') }, 'its disk is read-only'],
      [disk({ ...isNew, access: fails('EACCES') }), 'the folder a is not writable'],
      [{ ...root, statfs: () => Promise.resolve({ bavail: 0, bsize: 4096 }) }, 'its disk is full'],
    ];
    for (const [given, expected] of cases)
      assert.equal(await whyNotWritable('/a/b.json', 10, given), expected);
    assert.equal(await whyNotWritable('/a/b.json', 10, { ...root, statfs: fails('ENOSYS') }), undefined);
  });
});
