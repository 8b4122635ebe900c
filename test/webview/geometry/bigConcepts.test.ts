import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { cellCenter, tooltip } from '../support/chartDriver';
import { manyPairs, sampleState } from '../support/sampleState';
import { closeBrowser, openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('big concepts', () => {
  let panel: WebviewPage | undefined;
  after(closeBrowser);
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('of 10,000 pairs have scrollable bars and a map of blocks', async () => {
    const panelResult = manyPairs(10_000);
    panel = await openPanel(sampleState({ result: panelResult }), { saved: { pairOrder: 'clustered' } });
    const { page } = panel;
    const order = page.getByTestId('pair-order');
    assert.equal(await order.inputValue(), 'file');
    assert.equal(await order.locator('option:disabled').count(), 2);
    assert.match(
      (await order.locator('option:disabled').first().getAttribute('title'))!,
      /stands for several pairs/,
    );
    const map = page.getByTestId('pairs-map');
    assert.match(
      await map.innerText(),
      /Mean cosine between blocks of 10 × 10 differences in the file’s order, without self-pairs, causal, n\s=\s10,000/,
    );
    const { x, y } = await cellCenter(page, 'pairs-map', 3, 5);
    await page.mouse.move(x, y);
    const [names, value] = await tooltip(page, 'pairs-map');
    assert.equal(names, 'pairs 31–40 × 51–60');
    const { data } = panelResult.concepts[0]!.causal!.pairwise;
    assert.equal(value, `mean cosine ${formatCosine(data[3 * 1000 + 5]!)}, causal`);
    await page.mouse.click(x, y);
    assert.equal((await panel.posted()).length, 1, 'a block is no pair to find in the text');
    const bars = page.getByTestId('leave-one-out');
    assert.ok((await bars.boundingBox())!.height < 800);
    await bars.locator('probe-picture').focus();
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
    const table = bars.locator('details table');
    assert.equal(await table.getAttribute('aria-rowcount'), '10001');
    assert.ok((await table.locator('tr').count()) < 100);
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
    const chart = page.getByTestId('pairs-map').locator('probe-picture');
    await chart.focus();
    await page.keyboard.press('End');
    assert.deepEqual((await tooltip(page, 'pairs-map')).slice(0, 2), [
      'base999 → target999',
      'cosine 1.00, causal',
    ]);
  });
});
