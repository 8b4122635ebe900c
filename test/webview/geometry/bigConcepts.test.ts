import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { cellCenter, tooltip } from '../support/chartDriver';
import { manyPairs, sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('big concepts', () => {
  let panel: WebviewPage | undefined;
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
    assert.equal(await order.locator('option:disabled').count(), 4);
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
    const status = chart.locator('.chart-tools [role=status]');
    for (let i = 0; i < 9; i++) await page.keyboard.press('+');
    await settled(page);
    assert.match(
      await status.innerText(),
      /^Shown: rows 97\d–1,000 of 1,000, columns 97\d–1,000 of 1,000\.$/,
    );
    for (let i = 0; i < 60; i++) await page.keyboard.press('ArrowLeft');
    await settled(page);
    assert.match((await tooltip(page, 'pairs-map'))[0]!, /^base999 → target999\s+×\s+base939/u);
    assert.match(await status.innerText(), /columns 940–9\d\d of 1,000/, 'what is shown follows the cell');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Shift+ArrowUp');
    await settled(page);
    const { data } = result.concepts[0]!.causal!.pairwise;
    const cells = [938, 939].flatMap((column) => [998, 999].map((row) => data[row * 1000 + column]!));
    const mean = formatCosine(cells.reduce((sum, value) => sum + value, 0) / 4);
    assert.match(
      await status.innerText(),
      new RegExp(
        `Selected: rows 999–1,000 \\(.*\\), columns 939–940 \\(.*\\); mean cosine ${mean} of 4 cells off the diagonal`,
      ),
    );
    await page.keyboard.press('0');
    await settled(page);
    assert.equal(await status.textContent(), '');
    assert.equal(await chart.locator('.chart-selection').isVisible(), false);
  });

  it('of 1,000 pairs are zoomed with the wheel, and a drag selects pairs in all charts', async () => {
    panel = await openPanel(sampleState({ result: manyPairs(1000) }), { width: 900, height: 1200 });
    const { page } = panel;
    const map = page.getByTestId('pairs-map');
    const chart = map.locator('probe-picture');
    const status = chart.locator('.chart-tools [role=status]');
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.locator('canvas').boundingBox())!;
    const posted = (await panel.posted()).length;
    await page.mouse.move(box.x + 300, box.y + 3 + 6);
    await page.mouse.down();
    await page.mouse.move(box.x + 310, box.y + 12);
    await page.mouse.move(box.x + 320, box.y + 20);
    await page.mouse.up();
    await settled(page);
    assert.match(await status.innerText(), /^Selected: rows \d+–\d+ \(base\d+/);
    assert.ok((await page.locator('.leave-one-out .chart-band').count()) > 0, 'the bars of the rows');
    assert.equal((await panel.posted()).length, posted, 'a drag is no click');
    await chart.getByRole('button', { name: 'Zoom to selection' }).click();
    await settled(page);
    const zoomed = await status.innerText();
    assert.match(zoomed, /^Shown: rows \d+–\d+ of 1,000/);
    const top = await page.evaluate(() => scrollY);
    await page.mouse.move(box.x + 400, box.y + 200);
    await page.mouse.wheel(0, 60);
    await settled(page);
    assert.notEqual(await status.innerText(), zoomed, 'the wheel moves what is zoomed');
    assert.equal(await page.evaluate(() => scrollY), top, 'and not the page');
    await chart.getByRole('button', { name: /^Reset/ }).click();
    await page.mouse.move(box.x + 400, box.y + 200);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -100);
    await page.keyboard.up('Control');
    await settled(page);
    assert.match(await status.innerText(), /^Shown: rows/);
    assert.equal(await page.locator('.leave-one-out .chart-band').count(), 0);
  });
});
