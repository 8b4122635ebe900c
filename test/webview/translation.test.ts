import assert from 'node:assert/strict';
import { bundleFile, readTexts } from '../../scripts/translations/bundles';
import { root } from '../support/places';
import { chooseInMenu, savedFiles } from './figures/savedFiles';
import { manyConcepts, sampleState } from './support/sampleState';
import { walkWidths } from './support/walkWidths';
import { openPanel, type WebviewPage } from './support/webviewPage';

describe('the panel in German', () => {
  let panel: WebviewPage;
  before(async () => {
    const translation = { language: 'de', texts: readTexts(bundleFile(root, 'de')) };
    const saved = { openTables: ['leave-one-out'] };
    panel = await openPanel(sampleState({ result: manyConcepts(9) }), { translation, saved });
  });
  after(() => {
    assert.deepEqual(panel.errors, [], 'the page has no errors and breaks no policy');
  });

  it('has the texts of its page, from constants too', async () => {
    const { page } = panel;
    assert.equal(await page.locator('#overview-title').innerText(), 'Übersicht');
    assert.equal(await page.getByTestId('tab-geometry').innerText(), 'Geometrie');
    assert.match(await page.getByTestId('overview-summary').innerText(), /^9 Konzepte, /u);
  });

  it('saves data with the same names as in English, and figures with a German caption', async () => {
    const bars = panel.page.getByTestId('leave-one-out');
    assert.deepEqual(await bars.locator('thead th').allInnerTexts(), ['Paar', 'Leave-one-out-Kosinus']);
    const menu = bars.locator('figure-menu');
    await chooseInMenu(menu, 'Daten als CSV speichern …');
    await chooseInMenu(menu, 'Als SVG speichern …');
    const [data, figure] = await savedFiles(panel.page, 2);
    assert.equal(data!.name, 'leave-one-out.causal.01-male-female.csv');
    assert.match(data!.text, /^Pair,Leave-one-out cosine\r\n/u);
    assert.match(figure!.text, /<desc>Kosinus jeder Differenz von male ⇒ female /u);
  });

  it('has room for them at 320 and 540 pixels', async () => {
    assert.deepEqual(await walkWidths(panel, true, [320, 540]), []);
  });
});
