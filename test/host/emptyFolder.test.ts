import assert from 'node:assert/strict';
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

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.screenshot(join(root, 'dist', `failed: ${this.currentTest.title}.png`));
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
    // The first pair opens it.
    const panel = await workbench.webview('Concept Probe');
    await panel.getByTestId('directions-missing').waitFor();
    await panel.getByTestId('too-few').waitFor();
  });

  it('needs no folder: pairs of a new text are kept, and the walkthrough leads to the example', async function () {
    const { page } = workbench;
    if (!page.url().startsWith('http')) this.skip();
    // Without a folder, VS Code for the browser opens an empty window.
    await page.goto(page.url().replace(/\?.*$/u, '?ew=true'));
    await workbench.ready();
    await page.getByRole('tab', { name: 'Concept Probe' }).click();
    await page.locator('.welcome-view-content').getByText('Start with a Text of Your Own').click();
    const completed = (step: string) =>
      page
        .locator('.getting-started-step', { hasText: step })
        .locator('.codicon-getting-started-step-checked');
    await workbench.waitFor('the text, with the focus', async () =>
      (await workbench.statusBarItems()).some(({ text }) => text.includes('Ln 1, Col 1')),
    );
    await workbench.placeCaret(1, 6);
    await workbench.press('ControlOrMeta+Alt+P');
    await workbench.waitFor('the mark', async () =>
      (await workbench.statusBarItems()).some(({ text }) => text.includes('→ …')),
    );
    await workbench.placeCaret(1, 20);
    await workbench.press('ControlOrMeta+Alt+P');
    await workbench.typeQuickInput('male → female');
    const panel = await workbench.webview('Concept Probe');
    await panel.getByTestId('too-few').waitFor();
    await workbench.runCommand('Concept Probe: Get Started');
    await workbench.waitFor('a step that is done', async () => (await completed('Add a pair').count()) > 0);
    assert.equal(await completed('See the map').count(), 0);
    await page.getByRole('button', { name: 'Open the Example', exact: true }).click();
    const example = await workbench.webview('directions-map');
    await example.getByTestId('directions-map').waitFor();
    await workbench.focusEditor('Welcome');
    for (const step of ['Open the example', 'See the map'])
      await workbench.waitFor(`“${step}” to be done`, async () => (await completed(step).count()) > 0);
    // The walkthrough hides the text.
    await page.locator('.getting-started-step', { hasText: 'Tint or steer' }).click();
    await page.getByRole('button', { name: 'Tint Document by Concept…', exact: true }).click();
    await workbench.pickQuickItem('male → female');
    await workbench.pickQuickItem('None');
    await workbench.waitFor('the tint of the text', async () =>
      (await workbench.statusBarItems()).some(({ id }) => id.endsWith('conceptProbe.tint')),
    );
    await workbench.runCommand('Concept Probe: How to Read This');
    await page.getByText('Preview how-to-read-this.md').first().waitFor();
  });
});
