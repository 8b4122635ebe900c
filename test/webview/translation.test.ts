import assert from 'node:assert/strict';
import { bundleFile, readTexts } from '../../scripts/translations/bundles';
import { root } from '../support/places';
import { manyConcepts, sampleState } from './support/sampleState';
import { walkWidths } from './support/walkWidths';
import { closeBrowser, openPanel, type WebviewPage } from './support/webviewPage';

describe('the panel in German', () => {
  let panel: WebviewPage | undefined;
  after(closeBrowser);
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('has the texts of its page, from constants too, and room for them at 320 and 540 pixels', async () => {
    const translation = { language: 'de', texts: readTexts(bundleFile(root, 'de')) };
    panel = await openPanel(sampleState({ result: manyConcepts(9) }), { translation });
    const { page } = panel;
    assert.equal(await page.locator('#overview-title').innerText(), 'Übersicht');
    assert.equal(await page.getByTestId('tab-geometry').innerText(), 'Geometrie');
    assert.match(await page.getByTestId('overview-summary').innerText(), /^9 Konzepte, /u);
    assert.deepEqual(await walkWidths(panel, true, [320, 540]), []);
  });
});
