import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { cellCenter, tableValues, tooltip } from '../support/chartDriver';
import { sampleBetween } from '../support/sampleBetween';
import { manyPairs, sampleState } from '../support/sampleState';
import { openPanel, openReport, settled, type WebviewPage } from '../support/webviewPage';

describe('the pairs of two concepts', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('are requested by a click on a cell of the map, shown in both inner products, and closed', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'directions-map', 0, 2);
    await page.mouse.click(x, y);
    const [first, , third] = state.result!.concepts;
    const request = (await panel.posted()).at(-1);
    assert.deepEqual(request, { type: 'between', a: first!.name, b: third!.name });
    const between = sampleBetween(state.result!, 0, 2);
    await panel.send({ between });
    const [euclidean, causal] = between.products;
    assert.match(
      (await page.getByTestId('between-summary').innerText()).replaceAll('\u00a0', ' '),
      new RegExp(
        `causal, n = 11 and 14 pairs\\. The mean is ${formatCosine(euclidean!.mean)} Euclidean, ${formatCosine(causal!.mean)} causal`,
        'u',
      ),
    );
    const values = [...(await tableValues(page, 'between-map')).values()].map(Number);
    assert.deepEqual(values, [...causal!.cosine.data]);
    const cell = await cellCenter(page, 'between-map', 1, 3);
    await page.mouse.move(cell.x, cell.y);
    assert.deepEqual((await tooltip(page, 'between-map')).slice(1, 3), [
      `cosine ${formatCosine(euclidean!.cosine.data[14 + 3]!)}, Euclidean`,
      `cosine ${formatCosine(causal!.cosine.data[14 + 3]!)}, causal`,
    ]);
    assert.ok((await page.getByTestId('pairs-map').locator('.chart-band').count()) > 0, 'the row’s pair');
    await page.mouse.click(cell.x, cell.y);
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'revealPair',
      concept: first!.name,
      pair: between.a.pairs[1],
    });
    await page.getByRole('radio', { name: 'Euclidean' }).check();
    assert.match(await page.getByTestId('between-summary').innerText(), /Euclidean, n/);
    await page.getByTestId('close-between').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'between' });
  });

  it('are seen as a whole, however many they are, and are in a report', async () => {
    const result = manyPairs(1000);
    panel = await openReport(sampleState({ result, between: sampleBetween(result) }), { width: 540 });
    const chart = panel.page.getByTestId('between-map').locator('probe-picture');
    const box = (await chart.boundingBox())!;
    assert.ok(box.height < 1000 && box.width < 540);
    await chart.focus();
    await panel.page.keyboard.press('End');
    await settled(panel.page);
    assert.match((await tooltip(panel.page, 'between-map'))[0]!, /^base999 → target999/u);
    assert.equal(await panel.page.getByTestId('close-between').count(), 0);
  });
});
