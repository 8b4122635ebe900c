import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { vsixPath } from '../../scripts/package';
import { openWorkbench } from '../../scripts/workbench';
import type { Workbench } from '../../scripts/workbench/workbench';
import { root } from '../support/places';

describe('the extension in a folder without concepts', function () {
  let workbench: Workbench;

  before('VS Code starts', async function () {
    const folder = join(root, 'dist', 'empty-workspace');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'text.txt'), 'A king and a queen, a man and a woman.\n');
    workbench = await openWorkbench({ vsix: vsixPath, folder });
    await workbench.openFile('text.txt');
    await workbench.page.getByRole('tab', { name: 'Concept Probe' }).click();
  });

  after(() => workbench.close());

  it('shows what to do, starts a concept file with the first pair, and says what is missing', async () => {
    const welcome = workbench.page.locator('.welcome-view-content');
    await welcome.getByText('No word pairs yet.').waitFor();
    await workbench.selectWord('king');
    await workbench.selectWord('queen', { add: true });
    await workbench.runCommand('Concept Probe: Add Pair from Selection');
    await workbench.typeQuickInput('male → female');
    const file = join(workbench.workspace, 'pairs.concepts.json');
    await workbench.waitFor(
      'the concept file',
      async () => existsSync(file) && (await readFile(file, 'utf8')).includes('queen'),
    );
    await workbench.waitFor('the tree', async () =>
      (await workbench.treeItems('Concepts')).some(({ label }) => label === 'male → female'),
    );
    await workbench.runCommand('Concept Probe: Show Geometry');
    const panel = await workbench.webview('Concept Probe');
    await panel.getByTestId('directions-missing').waitFor();
    await panel.getByTestId('too-few').waitFor();
  });
});
