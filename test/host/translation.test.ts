import assert from 'node:assert/strict';
import { join } from 'node:path';
import { bundleFile, manifestFile, readTexts } from '../../scripts/translations/bundles';
import type { Workbench } from '../../scripts/workbench/workbench';
import { root } from '../support/places';
import { exampleWindow } from './support/exampleInVsCode';

/** The translation of a text of the sources, with these values in its places; or of one of package.json, by its key. */
function german(key: string, ...values: readonly string[]): string {
  const text = { ...readTexts(bundleFile(root, 'de')), ...readTexts(manifestFile(root, 'de')) }[key];
  assert.ok(text, `no translation of “${key}”`);
  return text.replaceAll(/\{(\d+)\}/gu, (_, index: string) => values[Number(index)]!);
}

/** What a user sees whose VS Code has another display language: each kind of text, in every process. */
describe('VS Code in German', function () {
  let first: Workbench;
  let workbench: Workbench | undefined;
  exampleWindow((started) => {
    first = started;
  });

  before('a German window opens', async function () {
    workbench = await first.openIn('de');
    if (!workbench) this.skip();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench?.screenshot(join(root, 'dist', `failed: ${this.currentTest.title}.png`));
  });

  after(() => workbench?.close());

  it('has German commands, views and status bar items', async () => {
    const window = workbench!;
    const view = german('view.concepts');
    await window.runCommand(`Focus on ${view} View`);
    await window.expandTree(view, 'male → female');
    const reason = german('{0}, not used', german('{0} tokens: {1}', '2', 'princess'));
    await window.waitFor(`“${reason}” in the tree`, async () =>
      (await window.treeItems(view)).some(({ description }) => description.startsWith(reason)),
    );
    await window.waitFor('the number of concepts in the status bar', async () =>
      (await window.statusBarItems()).some(({ text }) => text === german('{0} concepts', '8')),
    );
  });

  it('has a German panel', async () => {
    const window = workbench!;
    await window.runCommand(`Concept Probe: ${german('command.showGeometry')}`);
    const panel = await window.webview('overview');
    assert.equal(await panel.locator('html').getAttribute('lang'), 'de');
    await panel.getByRole('heading', { name: german('Overview'), exact: true }).waitFor();
  });

  it('shows in German what the engine says', async () => {
    const window = workbench!;
    await window.runCommand(`Concept Probe: ${german('command.showModelDetails')}`);
    const page = await window.webview(`Preview ${german('Model Details')}.md`);
    await page.getByText(german('geometry of word pairs')).waitFor();
    await page.getByRole('heading', { name: german('What works') }).waitFor();
  });
});
