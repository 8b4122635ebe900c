import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { sampleManyModels } from '../../support/sampleManyModels';
import { cellCenter, tooltip } from '../support/chartDriver';
import { manyConcepts, sampleState } from '../support/sampleState';
import { openPanel, openReport, type WebviewPage } from '../support/webviewPage';

describe('the comparison of many models', () => {
  const result = manyConcepts(40);
  const manyModels = sampleManyModels(result, 12);
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('lists 12 models, one of them with the reason why it is not compared', async () => {
    panel = await openPanel(sampleState({ result, manyModels }));
    const rows = panel.page.getByTestId('many-models-table').locator('tbody tr');
    assert.equal(await rows.count(), 12);
    assert.match(await rows.nth(0).innerText(), /1 family-0\s+15\.0 M\s+404\s+0\.15\s+0\.10 … 0\.20/u);
    assert.match(await rows.nth(1).innerText(), /2 nowhere\s+There is no model folder/u);
    assert.match(await rows.nth(11).innerText(), /12 family-11\s+missing/u);
    await panel.page.getByTestId('close-manyModels').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'manyModels' });
  });

  it('shows 40 concepts × 12 models in the inner product that is chosen, and the concept of a row', async () => {
    panel = await openPanel(sampleState({ result, manyModels }), { saved: { openTables: ['many-models'] } });
    const { page } = panel;
    const figure = page.getByTestId('many-models-map');
    const cell = figure.locator('td').first();
    for (const [name, product] of [
      ['causal', 'causal'],
      ['Euclidean', 'euclidean'],
    ] as const) {
      await page.getByRole('radio', { name }).check();
      assert.equal((await cell.innerText()).trim(), formatCosine(manyModels[product]!.common.data[0]!));
    }
    const at = await cellCenter(page, 'many-models-map', 2, 3);
    await page.mouse.move(at.x, at.y);
    const { common, own, low, high } = manyModels.euclidean;
    const index = 3 * 40 + 2;
    const [value, ofOwn, from, to] = [common, own, low, high].map(({ data }) => formatCosine(data[index]!));
    const text = (await tooltip(page, 'many-models-map')).join('\n');
    assert.match(text, /singular ⇒ plural, 4 family-3/u);
    assert.ok(text.includes(`${value} over `) && text.includes(`interval ${from} to ${to}`), text);
    assert.ok(text.includes(`${ofOwn} over the `), text);
    await page.mouse.click(at.x, at.y);
    assert.match(await page.locator('.concept h2').first().innerText(), /singular ⇒ plural/u);
  });

  it('shows which maps agree, the trend with its interval, and the dropped pairs', async () => {
    panel = await openPanel(sampleState({ result, manyModels }));
    const view = panel.page.getByTestId('many-models');
    const agreement = panel.page.getByTestId('many-models-agreement');
    assert.match(await agreement.innerText(), /between 40 directions, causal/u);
    assert.match(await agreement.innerText(), /agrees more than by chance, p < \.05/u);
    assert.match(
      await panel.page.getByTestId('many-models-trend').innerText(),
      /Ten times as many parameters change the mean over 40 concepts by \+0\.030, 95\u00a0% interval 0\.01 to 0\.05/u,
    );
    const dropped = manyModels.models.flatMap(({ concepts }) =>
      concepts.flatMap((one) => one.dropped),
    ).length;
    assert.match(await view.innerText(), new RegExp(`Dropped: ${dropped} pairs`, 'u'));
    assert.equal(
      await panel.page.getByTestId('many-models-dropped').locator('table').getAttribute('aria-rowcount'),
      String(dropped + 1),
    );
    // Every figure can be saved.
    assert.equal(await view.locator('figure-menu').count(), 3);
  });

  it('says what it needs for a trend, and that it is outdated', async () => {
    const two = sampleManyModels(result, 3);
    panel = await openReport(sampleState({ result, manyModels: { ...two, isOutdated: true } }));
    const { page } = panel;
    assert.match(
      await page.getByTestId('many-models-trend').innerText(),
      /three different numbers of parameters/u,
    );
    assert.match(await page.getByTestId('many-models-outdated').innerText(), /have changed since/u);
    assert.equal(await page.getByTestId('close-manyModels').count(), 0);
  });
});
