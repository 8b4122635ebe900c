import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { clusterTree } from '../../../src/geometry/clusterTree';
import type { Matrix } from '../../../src/geometry/matrix';
import { offDiagonal } from '../../../src/geometry/offDiagonal';
import { formatCosine } from '../../../src/format/numbers';
import { equation } from '../../../src/format/statistics';
import { chooseInMenu } from '../figures/savedFiles';
import { cellCenter, tableValues, tooltip } from '../support/chartDriver';
import { paintedAt } from '../support/chartPixels';
import { sampleConcepts, sampleResult, sampleState } from '../support/sampleState';
import { openPanel, openReport, settled, type WebviewPage } from '../support/webviewPage';

describe('the map across concepts', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('says how many pairs of concepts chance would not explain', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { cosine, chance, concepts } = state.result!.directions.causal!;
    const cells = concepts.flatMap((_, a) => concepts.map((__, b) => a * 6 + b).filter((at) => at % 6 > a));
    const found = cells.filter((at) => chance!.q.data[at]! < 0.05);
    assert.ok(found.length > 0 && found.length < 15);
    const largest = found.reduce((most, at) =>
      Math.abs(cosine.data[at]!) > Math.abs(cosine.data[most]!) ? at : most,
    );
    const [row, column] = [Math.floor(largest / 6), largest % 6];
    assert.equal(
      await panel.page.getByTestId('directions-chance').innerText(),
      `${found.length} of 15 pairs of concepts are less orthogonal than random concepts of the same sizes ` +
        `at level .05 (Benjamini–Hochberg); the largest is ${concepts[row]!} × ${concepts[column]!}, ` +
        `${formatCosine(cosine.data[largest]!)}. 1 pair of concepts has tokens in common, and is compared with random ` +
        'concepts that have as many in common, in the same roles.',
    );
    assert.match(await panel.page.locator('.legend-mark').innerText(), /q < \.05/);
  });

  it('describes every cell: its cosine, p, q, the values of random concepts, and both sizes', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'directions-map', 1, 2);
    await page.mouse.move(x, y);
    const { cosine, chance } = state.result!.directions.causal!;
    const lines = (await tooltip(page, 'directions-map')).map((line) => line.replaceAll('\u00a0', ' '));
    assert.deepEqual(lines, [
      'present ⇒ past × singular ⇒ plural',
      `cosine of the directions ${formatCosine(cosine.data[8]!)}, causal`,
      `${equation('p', chance!.p.data[8]!)}, ${equation('q', chance!.q.data[8]!)}; 95 % of random concepts lie ` +
        `below |${formatCosine(chance!.quantile95.data[8]!)}|`,
      'n = 12 and 14 pairs',
      'Click to see the pairs of present ⇒ past against those of singular ⇒ plural',
    ]);
  });

  it('says how many tokens two concepts share', async () => {
    panel = await openPanel(sampleState());
    const { x, y } = await cellCenter(panel.page, 'directions-map', 0, 1);
    await panel.page.mouse.move(x, y);
    const lines = await tooltip(panel.page, 'directions-map');
    assert.match(lines.join('\n'), /pairs, 3 tokens in common/u);
  });

  it('explains its dots, and only if there are any', async () => {
    const explained = async (q: number): Promise<number> => {
      const state = sampleState();
      state.result!.directions.causal!.chance!.q.data.fill(q);
      await panel?.close();
      panel = await openPanel(state);
      return panel.page.getByTestId('directions-map').locator('.legend-mark').count();
    };
    assert.equal(await explained(0.001), 1);
    assert.equal(await explained(1), 0);
  });

  it('leaves the cells of a concept with itself empty, and says why', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const { data } = sampleState().result!.directions.causal!.cosine;
    const values = Array.from(data, formatCosine).filter((_, at) => at % 7 !== 0);
    const shown = async (width: number): Promise<string[]> =>
      (await paintedAt(page, width, 'directions-map')).filter((text) => /^−?\d\.\d\d$/u.test(text));
    assert.deepEqual((await shown(860)).sort(), values.sort());
    const why = page.getByTestId('directions-map').locator('.legend-empty');
    assert.equal(await why.innerText(), 'each with itself: 1 by definition');
    // Of differences, a concept with itself is a mean over its pairs, which is a finding.
    await page.getByTestId('map-kind').selectOption('differences');
    await settled(page);
    assert.equal((await shown(880)).length, 36);
    assert.equal(await why.count(), 0);
  });

  it('shows absolute values on their half of the scale', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    await page.getByRole('radio', { name: 'Absolute' }).check();
    const values = [...(await tableValues(page, 'directions-map')).values()].map(Number);
    assert.deepEqual(values, Array.from(state.result!.directions.causal!.cosine.data, Math.abs));
    const legend = page.getByTestId('directions-map').locator('.legend');
    assert.match((await legend.innerText()).replaceAll('\n', ' '), /\|cosine\| 0\.00 0\.50 1\.00/);
  });

  it('groups similar concepts, and still selects the right one', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    await page.getByTestId('concept-order').selectOption('clustered');
    const { concepts, cosine } = state.result!.directions.causal!;
    const order = Array.from(clusterTree(cosine).order, (position) => concepts[position]!);
    assert.notDeepEqual(order, concepts);
    await tableValues(page, 'directions-map');
    const rows = await page.getByTestId('directions-map').locator('tbody th').allInnerTexts();
    assert.deepEqual(rows, order);
    const { x, y } = await cellCenter(page, 'directions-map', 4, 4);
    await page.mouse.click(x, y);
    assert.equal(await page.getByTestId('concept-title').innerText(), order[4]);
  });

  it('highlights a concept in the list and the map, and the pair at the cursor of the text in all charts', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { name, pairs } = state.result!.concepts[0]!;
    const list = page.getByTestId('overview').locator('[data-highlight]');
    const bands = page.getByTestId('directions-map').locator('.chart-band');
    await list.nth(2).hover();
    assert.equal(await bands.count(), 2, 'the row and the column');
    const { x, y } = await cellCenter(page, 'directions-map', 1, 3);
    await page.mouse.move(x, y);
    assert.deepEqual(
      await list.evaluateAll((rows) => rows.map((row) => row.hasAttribute('data-highlighted'))),
      [false, true, false, true, false, false],
    );
    await page.mouse.move(1, 1);
    assert.equal(await bands.count(), 0);
    await panel.sendRaw({ type: 'cursor', pairs: [{ concept: name, pair: pairs[3] }] });
    assert.equal(await bands.count(), 2);
    assert.equal(await page.getByTestId('pairs-map').locator('.chart-band').count(), 2);
    assert.equal(await page.getByTestId('leave-one-out').locator('.chart-band').count(), 1);
    assert.equal(await page.getByTestId('chance').locator('.chart-band').count(), 1);
    await panel.sendRaw({ type: 'cursor', pairs: [] });
    assert.equal(await page.locator('.chart-band').count(), 0);
    await list.nth(2).click();
    assert.deepEqual((await panel.posted()).at(-1), {
      type: 'choose',
      concept: state.result!.concepts[2]!.name,
    });
  });

  it('shows mean pairwise cosines, with self-pairs or without', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { directions, concepts } = state.result!;
    const { differenceCosine, differenceSelfCosine } = directions.causal!;
    await page.getByTestId('map-kind').selectOption('differences');
    const first = `${concepts[0]!.name} | ${concepts[0]!.name}`;
    assert.equal((await tableValues(page, 'directions-map')).get(first), String(differenceCosine.data[0]));
    assert.match(await page.getByTestId('figures').innerText(), /causal, without self-pairs/);
    await page.getByTestId('map-self-pairs').click();
    assert.equal((await tableValues(page, 'directions-map')).get(first), String(differenceSelfCosine[0]));
    const figures = await page.getByTestId('figures').innerText();
    assert.match(figures, /causal, with self-pairs/);
    assert.ok(figures.startsWith(formatCosine(concepts[0]!.causal!.meanCosineWithSelf)));
    await page.getByTestId('self-pairs').click();
    assert.equal((await tableValues(page, 'directions-map')).get(first), String(differenceCosine.data[0]));
  });

  it('shows the random control, always Euclidean and without tests', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    await page.getByTestId('map-kind').selectOption('control');
    const values = [...(await tableValues(page, 'directions-map')).values()].map(Number);
    assert.deepEqual(values, [...state.result!.directions.control.data]);
    assert.match(
      await page.getByTestId('directions-summary').innerText(),
      /random linear map.*Euclidean, n/s,
    );
    assert.equal(await page.locator('.legend-mark').count(), 0);
  });

  it('says that no random pairs were requested', async () => {
    const result = sampleResult(sampleConcepts(), { statistics: false });
    panel = await openPanel(sampleState({ result }));
    const { page } = panel;
    assert.match(await page.getByTestId('directions-chance').innerText(), /No random pairs were requested/);
    assert.equal(await page.locator('.legend-mark').count(), 0);
    const { x, y } = await cellCenter(page, 'directions-map', 1, 2);
    await page.mouse.move(x, y);
    assert.equal((await tooltip(page, 'directions-map')).length, 4);
  });

  it('shows all three maps in the causal order, pointed at, zoomed and selected in together', async () => {
    const state = sampleState();
    panel = await openPanel(state, { width: 1000, saved: { map: 'all', conceptOrder: 'clustered' } });
    const { page } = panel;
    const { euclidean, causal, control } = state.result!.directions;
    const order = [...clusterTree(causal!.cosine).order];
    const names = order.map((position) => causal!.concepts[position]!);
    const maps = {
      'directions-map-euclidean': euclidean.cosine,
      'directions-map-causal': causal!.cosine,
      'directions-map-control': control,
    };
    const ids = Object.keys(maps);
    const each = <T>(read: (map: Locator) => Promise<T>) =>
      Promise.all(ids.map((id) => read(page.getByTestId(id))));
    assert.match(
      await page.getByTestId('directions-summary').innerText(),
      /the same 6 concepts on one scale and in one order, clustered by the causal map/u,
    );
    assert.equal(await page.getByTestId('directions-maps').locator('.legend').count(), 0);
    assert.equal(await page.getByTestId('directions-all').locator('.legend').count(), 1);

    const valueAt = (cosine: Matrix, row: number, column: number) =>
      cosine.data[order[row]! * 6 + order[column]!]!;
    const said = await each((map) => map.locator('.lead').innerText());
    assert.deepEqual(
      said,
      Object.values(maps).map((cosine) => {
        const { mean, largest } = offDiagonal(cosine)!;
        return `mean |cosine| ${formatCosine(mean)}, largest ${formatCosine(largest)}`;
      }),
    );
    const table = await tableValues(page, 'directions-all');
    assert.equal(table.size, 3 * 15);
    const two = `${names[1]!} × ${names[3]!}`;
    assert.deepEqual(
      ['Euclidean', 'Causal', 'Random control'].map((column) => table.get(`${two} | ${column}`)),
      Object.values(maps).map((cosine) => String(valueAt(cosine, 1, 3))),
    );

    const { x, y } = await cellCenter(page, 'directions-map-control', 1, 3);
    await page.mouse.move(x, y);
    assert.deepEqual((await tooltip(page, 'directions-map-control')).slice(0, 3), [
      two,
      `cosine of the scrambled directions ${formatCosine(valueAt(control, 1, 3))}, Euclidean`,
      `${formatCosine(valueAt(euclidean.cosine, 1, 3))} Euclidean, ${formatCosine(valueAt(causal!.cosine, 1, 3))} causal`,
    ]);
    const marks = await each(async (map) => {
      const [mark, frame] = [map.locator('.chart-mark'), map.locator('.chart-frame')];
      const [at, from] = [(await mark.boundingBox())!, (await frame.boundingBox())!];
      return [at.x - from.x, at.y - from.y, at.width, at.height].map(Math.round);
    });
    assert.deepEqual(marks, [marks[0], marks[0], marks[0]], 'the same cell is marked in all');
    assert.equal(await page.locator('.chart-tooltip:not([hidden])').count(), 1);
    await page.mouse.move(1, 1);
    assert.equal(await page.locator('.chart-mark:not([hidden])').count(), 0);

    const causalChart = page.getByTestId('directions-map-causal').locator('probe-picture');
    await causalChart.focus();
    for (const key of ['Home', '+', '+']) await page.keyboard.press(key);
    await settled(page);
    const statuses = () => each((map) => map.locator('.chart-tools [role=status]').innerText());
    const zoomed = await statuses();
    assert.match(zoomed[0]!, /^Shown: rows 1–/u);
    assert.deepEqual(zoomed, [zoomed[0], zoomed[0], zoomed[0]], 'all show the same part');
    await page.keyboard.press('0');
    for (const key of ['Home', 'ArrowRight', 'Shift+ArrowRight']) await page.keyboard.press(key);
    await settled(page);
    assert.equal(await page.locator('.chart-selection:not([hidden])').count(), 3);
    const means = Object.values(maps).map((cosine) =>
      formatCosine((valueAt(cosine, 0, 1) + valueAt(cosine, 0, 2)) / 2),
    );
    (await statuses()).forEach((status, at) => {
      assert.ok(status.includes(means[at]!), status);
    });
    // A selection in another map replaces that of the first.
    await page.getByTestId('directions-map-control').locator('probe-picture').focus();
    for (const key of ['Home', 'Shift+ArrowDown', 'Shift+ArrowDown']) await page.keyboard.press(key);
    await settled(page);
    for (const status of await statuses()) assert.match(status, /^Selected: rows 1–3 .*, columns 1 /u);
    await page.keyboard.press('Escape');
    assert.equal(await page.locator('.chart-selection:not([hidden])').count(), 0);
    assert.equal(await page.locator('.chart-band').count(), 0);

    await page.mouse.click(x, y);
    assert.deepEqual((await panel.posted()).at(-1), { type: 'between', a: names[1], b: names[3] });
    assert.equal(await page.getByTestId('concept-title').innerText(), names[1]);
    await page.getByTestId('map-kind').selectOption('directions');
    assert.equal(await page.getByTestId('directions-maps').count(), 0);
    await page.getByTestId('map-kind').selectOption('all');
    assert.equal(((await panel.saved()) as { map: string }).map, 'all');
  });

  it('shows two of the three maps, in a report too, and says why the causal one is missing', async () => {
    const result = sampleResult(sampleConcepts(), { causal: false });
    const causalProblem = 'Cov(γ) of this model is not positive definite.';
    panel = await openReport(sampleState({ result: { ...result, causalProblem } }), { width: 1200 });
    const { page } = panel;
    await page.getByTestId('map-kind').selectOption('all');
    assert.equal(await page.getByTestId('directions-maps').locator('probe-picture').count(), 2);
    assert.equal(
      (await page.getByTestId('directions-map-causal').innerText()).replaceAll('\n\n', '\n'),
      `Causal\n${causalProblem}`,
    );
    const downloading = page.waitForEvent('download');
    await chooseInMenu(page.getByTestId('directions-all').locator('figure-menu'), 'Save as SVG…');
    assert.equal((await downloading).suggestedFilename(), 'directions.all.svg');
  });
});
