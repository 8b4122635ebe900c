import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorkbench } from '../../scripts/workbench';
import type { Workbench } from '../../scripts/workbench/workbench';
import { packTinyExtension } from './support/tinyExtension';

const text = ['The king and the queen.', 'A man met a woman; the king smiled.', 'prince\tprincess', ''].join(
  '\n',
);

describe('the workbench harness, on a tiny extension', function () {
  let workbench: Workbench;
  const cleanups: (() => Promise<void>)[] = [];

  before('VS Code starts with the extension', async function () {
    const root = await mkdtemp(join(tmpdir(), 'concept-probe-harness-'));
    cleanups.push(() => rm(root, { recursive: true, force: true }));
    await mkdir(join(root, 'words', 'deep'), { recursive: true });
    await writeFile(join(root, 'words', 'text.txt'), text);
    await writeFile(join(root, 'words', 'deep', 'text.txt'), 'deep down\n');
    const vsix = await packTinyExtension(join(root, 'extension'));
    workbench = await openWorkbench({ vsix, folder: join(root, 'words') });
    cleanups.push(() => workbench.close());
  });

  after(async () => {
    for (const cleanup of cleanups.reverse()) await cleanup();
  });

  /** The editor draws typed text a frame later. */
  const shows = (start: string): Promise<boolean> =>
    workbench.waitFor(`“${start}” in the editor`, async () =>
      (await workbench.editorText()).startsWith(start),
    );

  beforeEach(() => workbench.openFile('text.txt'));

  it('starts quietly', async () => {
    assert.deepEqual(await workbench.notifications(), []);
    const items = await workbench.waitFor('the status bar item', async () => {
      const all = await workbench.statusBarItems();
      return all.some((item) => item.text === 'Harness ready') && all;
    });
    assert.ok(items.some((item) => item.text.startsWith('Ln 1, Col 1')));
    assert.equal(
      await workbench.page.locator('.part.auxiliarybar:visible, .monaco-dialog-box:visible').count(),
      0,
    );
  });

  it('opens the right one of two files with the same name', async () => {
    await workbench.openFile('text.txt');
    await workbench.openFile('deep/text.txt');
    await shows('deep down\n');
    await workbench.press('ControlOrMeta+W');
  });

  it('selects two words by mouse, and the webview shows them', async () => {
    await workbench.selectWord('king', { occurrence: 1 });
    await workbench.selectWord('queen', { add: true });
    await workbench.runCommand('Harness: Show Words');
    const frame = await workbench.webview('Harness Panel');
    assert.equal(await frame.getByTestId('words').innerText(), 'king & queen');
    assert.equal(await workbench.webview('words'), frame);
  });

  it('presses a button in the webview, and the extension answers', async () => {
    const frame = await workbench.webview('Harness Panel');
    await frame.getByRole('button', { name: 'Press' }).click();
    await workbench.waitFor('the answer', async () =>
      (await workbench.notifications()).includes('The panel says pressed'),
    );
    await workbench.focusEditor('text.txt');
    await shows('The king');
  });

  it('selects a piece of text across lines and tabs by keyboard', async () => {
    await workbench.selectText(2, 3, 3, 9);
    await workbench.runCommand('Show Words');
    const expected = 'man met a woman; the king smiled.\nprince\t';
    await workbench.waitFor('the words', async () => {
      const frame = await workbench.webview('Harness Panel');
      return (await frame.getByTestId('words').evaluate((element) => element.textContent)) === expected;
    });
  });

  it('types at the caret, and undoes it', async () => {
    await workbench.placeCaret(1, 5);
    await workbench.page.keyboard.type('old');
    await shows('The oldking');
    await workbench.press('ControlOrMeta+S');
    const file = join(workbench.workspace, 'text.txt');
    await workbench.waitFor('the saved file', async () =>
      (await readFile(file, 'utf8')).startsWith('The oldking'),
    );
    await workbench.press('ControlOrMeta+Z');
    await shows('The king');
    await workbench.press('ControlOrMeta+S');
  });

  it('reads a hover', async () => {
    assert.equal(await workbench.hoverWord('queen'), 'The word is queen.');
    assert.equal(await workbench.hoverWord('king', { occurrence: 1 }), 'The word is king.');
  });

  it('reads decorations, and returns none if there are none', async () => {
    assert.deepEqual(await workbench.decorationsOf('woman'), []);
    const styles = await workbench.decorationsOf('king', { occurrence: 1 });
    assert.deepEqual(styles.map((style) => style.layer).sort(), ['box', 'text', 'text']);
    const box = styles.find((style) => style.layer === 'box');
    assert.equal(box?.backgroundColor, 'rgba(0, 128, 255, 0.25)');
    assert.match(box.border, /2px.* rgb\(0, 128, 255\)/);
    const letters = styles.find((style) => style.layer === 'text');
    assert.equal(letters?.color, 'rgb(200, 0, 0)');
    assert.ok(styles.some((style) => style.after === '!'));
  });

  it('answers a pick list and an input box, from the editor’s menu', async () => {
    await workbench.editorMenu('woman', 'Ask for a Fruit');
    const items = await workbench.waitFor('the fruits', async () => {
      const all = await workbench.quickItems();
      return all.length === 2 && all;
    });
    assert.deepEqual(
      items.map((item) => [item.label, item.description]),
      [
        ['Apple', 'red'],
        ['Pear', ''],
      ],
    );
    await workbench.pickQuickItem('Pear');
    await assert.rejects(workbench.typeQuickInput('many'), /rejects “many”: .*a number/);
    await workbench.typeQuickInput('3');
    await workbench.waitFor('the answer', async () => (await workbench.notifications()).includes('Pear × 3'));
  });

  it('reads a tree, expands it, and runs an entry’s action', async () => {
    await workbench.runCommand('Focus on Harness Things View');
    await workbench.expandTree('Harness Things');
    const { label, description, level, expanded } = (await workbench.treeItems('Harness Things'))[0]!;
    assert.deepEqual(
      { label, description, level, expanded },
      { label: 'Royalty', description: '2 pairs', level: 1, expanded: true },
    );
    const labels = async (): Promise<string[]> =>
      (await workbench.treeItems('Harness Things')).map((item) => item.label);
    assert.deepEqual(await labels(), [
      'Royalty',
      'king → queen',
      'prince → princess',
      'Family',
      'man → woman',
    ]);
    await workbench.treeAction('Harness Things', 'king → queen', 'Drop');
    await workbench.waitFor('the button to drop it', async () => !(await labels()).includes('king → queen'));
    await workbench.treeAction('Harness Things', 'man → woman', 'Drop from Menu');
    await workbench.waitFor('the menu to drop it', async () => !(await labels()).includes('man → woman'));
  });

  it('changes the theme, in the webview too', async () => {
    for (const [theme, kind] of [
      ['Light Modern', 'vscode-light'],
      ['Default High Contrast', 'vscode-high-contrast'],
    ] as const) {
      await workbench.setTheme(theme);
      const body = (await workbench.webview('Harness Panel')).locator('body');
      await workbench.waitFor(
        `${kind} in the webview`,
        async () => (await body.getAttribute('data-vscode-theme-kind')) === kind,
      );
    }
  });

  it('names what it cannot find', async () => {
    await assert.rejects(
      workbench.runCommand('Harness: Nothing', 5),
      /The palette does not offer “Harness: Nothing”/,
    );
    await assert.rejects(
      workbench.webview('Nowhere', 1),
      /Timed out after 1 s while waiting for the webview “Nowhere”/,
    );
    await assert.rejects(
      workbench.editorMenu('woman', 'Nothing'),
      /The context menu has no “Nothing”; it has: .*Ask for a Fruit/,
    );
  });
});
