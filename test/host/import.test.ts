import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from '../../scripts/workbench/workbench';
import { exampleInVsCode } from './support/exampleInVsCode';

/** What a user does with lists of pairs from other sources, and with words that are dropped because of capitalization. */
describe('lists of pairs in VS Code', function () {
  let workbench: Workbench;
  const example = exampleInVsCode((started) => {
    workbench = started;
  });
  const { readFileNow, pairsBecome, statusBecomes } = example;

  const title = (): Promise<string> => workbench.page.locator('.quick-input-title').innerText();

  /** Opens the dialog for files or a folder, and waits for the preview. */
  const preview = async (kind: 'Files…' | 'Folder…', path: string): Promise<string> => {
    await workbench.runAndPick('Concept Probe: Import Pairs…', kind);
    if (kind === 'Folder…') await workbench.chooseFolder(path, 'Preview');
    else await workbench.typePath(path);
    return workbench.waitFor('the preview', async () => {
      const shown = await title();
      return /^Import .*\?$/u.test(shown) && shown;
    });
  };

  const names = async (): Promise<string[]> => (await readFileNow()).concepts.map(({ name }) => name);

  it('imports forty files of a folder in one step, except cleared ones', async () => {
    const folder = join(workbench.workspace, 'BATS');
    for (let i = 0; i < 40; i++) {
      const place = join(folder, `kind ${i % 4}`);
      await mkdir(place, { recursive: true });
      const lines = ['king\tqueen', 'man\twoman/lady', 'boy\tgirl', i === 0 ? 'lonely' : 'son\tdaughter'];
      await writeFile(join(place, `E${String(i).padStart(2, '0')} [a - b${i}].txt`), lines.join('\n'));
    }
    assert.equal(await preview('Folder…', folder), 'Import 159 pairs in 40 concepts?');
    const [first] = await workbench.quickItems();
    assert.equal(first?.label, 'E00 a - b0');
    assert.match(first.description, /^3 pairs · BATS\/kind 0\/E00 \[a - b0\]\.txt · 1 skipped$/u);
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'E04 a - b4' });
    await row.click();
    await workbench.press('Enter');
    await workbench.waitFor('the concepts', async () => (await names()).includes('E39 a - b39'));
    const imported = (await readFileNow()).concepts.filter(({ name }) => /^E\d\d/u.test(name));
    assert.equal(imported.length, 39);
    assert.ok(!imported.some(({ name }) => name === 'E04 a - b4'));
    assert.deepEqual(imported[0]!.pairs[1], { base: 'man', target: 'woman' });
    await statusBecomes('Imported 155 pairs in 39 concepts');
  });

  it('lets the user choose other columns', async () => {
    const file = join(workbench.workspace, 'columns.csv');
    await writeFile(file, 'male,female,plural\nking,queen,kings\nman,woman,men\nboy,girl,boys\n');
    assert.equal(await preview('Files…', file), 'Import 3 pairs in 1 concept?');
    // The buttons of an entry are visible under the mouse.
    await workbench.page.locator('.quick-input-list .monaco-list-row').first().hover();
    await workbench.page.getByRole('button', { name: 'Choose Columns…' }).first().click();
    await workbench.pickQuickItem('male');
    await workbench.pickQuickItem('plural');
    await workbench.waitFor('the preview', async () =>
      (await workbench.quickItems()).some(({ description }) =>
        description.includes('columns male and plural'),
      ),
    );
    await workbench.press('Enter');
    await pairsBecome('columns', (pairs) => pairs.join() === 'king/kings,man/men,boy/boys');
  });

  it('tokenizes words without a space on request', async () => {
    const file = join(workbench.workspace, 'zh.txt');
    await writeFile(file, '男\t女\n子\t女\n');
    await preview('Files…', file);
    const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: 'without a space' });
    await row.click();
    await workbench.press('Enter');
    await pairsBecome('zh', (pairs) => pairs.join() === '男/女,子/女');
    assert.deepEqual((await readFileNow()).tokens, { policy: 'single', leadingSpace: false });
  });

  it('offers other capitalizations', async () => {
    const file = join(workbench.workspace, 'capitals.txt');
    await writeFile(file, 'france\tparis\nking\tqueen\n');
    await preview('Files…', file);
    await workbench.press('Enter');
    await example.described('capitals', /^1\/2/u);
    await workbench.runCommand('Concept Probe: Change Capitals…');
    await workbench.waitFor('the offer', async () =>
      (await workbench.quickItems()).some(({ label }) => label === 'france → paris  ⇒  France → Paris'),
    );
    await workbench.press('Enter');
    await pairsBecome('capitals', (pairs) => pairs[0] === 'France/Paris');
    await example.described('capitals', /^2\/2/u);
  });

  it('treats a selected number, name or suffix as one word', async () => {
    await writeFile(join(workbench.workspace, 'words.txt'), "1,000 and C# but 's.\n");
    await workbench.openFile('words.txt');
    await workbench.selectText(1, 1, 1, 6);
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await statusBecomes('1,000 →');
    await workbench.selectText(1, 11, 1, 13);
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.typeQuickInput('signs');
    await pairsBecome('signs', (pairs) => pairs.join() === '1,000/C#');
  });
});
