import assert from 'node:assert/strict';
import { cellCenter, tooltip } from './support/chartDriver';
import { manyPairs, sampleState } from './support/sampleState';
import { closeBrowser, openPanel, settled, type WebviewPage } from './support/webviewPage';

describe('big concepts', () => {
  let panel: WebviewPage | undefined;
  after(closeBrowser);
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('of 10,000 pairs have bars to scroll through and a sentence in place of the map', async () => {
    panel = await openPanel(sampleState({ result: manyPairs(10_000) }));
    const { page } = panel;
    assert.match(
      await page.getByTestId('pairs-map-missing').innerText(),
      /10,000 × 10,000.*maps end at 1,000 pairs/,
    );
    const bars = page.getByTestId('leave-one-out');
    assert.ok((await bars.boundingBox())!.height < 800);
    await bars.locator('cosine-chart').focus();
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowDown');
    assert.equal((await tooltip(page, 'leave-one-out'))[0], 'base9999 → target9999');
    await page.keyboard.press('Enter');
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'revealPair',
      concept: 'many',
      pair: { base: 'base9999', target: 'target9999' },
    });
    await bars.locator('summary').click();
    await bars.locator('td').first().waitFor();
    assert.match(await bars.locator('details').innerText(), /The first 60 of 10,000; an export has them all/);
    assert.equal(await bars.locator('td').count(), 60);
  });

  it('scroll their bars with the wheel', async () => {
    panel = await openPanel(sampleState({ result: manyPairs(2000) }));
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'leave-one-out', 3);
    await page.mouse.move(x, y);
    await page.mouse.wheel(0, 400);
    await page.waitForFunction(
      () => document.querySelector('.leave-one-out .chart-scroll')!.scrollTop >= 400,
    );
    await settled(page);
    await page.mouse.move(x, y + 1);
    assert.equal((await tooltip(page, 'leave-one-out'))[0], 'base23 → target23');
  });

  it('of 1,000 pairs still have their map, as one image', async () => {
    const result = manyPairs(1000);
    panel = await openPanel(sampleState({ result }), { width: 600 });
    const { page } = panel;
    assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 600);
    const chart = page.getByTestId('pairs-map').locator('cosine-chart');
    await chart.focus();
    await page.keyboard.press('End');
    assert.deepEqual((await tooltip(page, 'pairs-map')).slice(0, 2), [
      'base999 → target999',
      'cosine 1.000, Euclidean',
    ]);
  });
});
