import assert from 'node:assert/strict';
import { cellCenter, tableValues, tooltip } from '../support/chartDriver';
import { sampleConcepts, sampleResult, sampleState } from '../support/sampleState';
import { openPanel, type WebviewPage } from '../support/webviewPage';

describe('the charts', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('have every value of the result in their tables', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { concepts, cosine } = state.result!.directions.causal!;
    const directions = await tableValues(page, 'directions-map');
    assert.equal(directions.size, 36);
    assert.equal(directions.get(`${concepts[1]!} | ${concepts[4]!}`), String(cosine.data[1 * 6 + 4]));
    const { pairwise, leaveOneOut } = state.result!.concepts[0]!.causal!;
    const pairs = await tableValues(page, 'pairs-map');
    assert.equal(pairs.get('king → queen | boy → girl'), String(pairwise.data[2]));
    const bars = await tableValues(page, 'leave-one-out');
    assert.equal(bars.get('boy → girl | Leave-one-out cosine'), String(leaveOneOut.cosines[2]));
    assert.match(
      await page.getByTestId('directions-summary').innerText(),
      /mean \|cosine\| is 0\.\d\d\b.*n\s=\s6 concepts/,
    );
  });

  it('describe the item under the mouse: both pairs, two decimals, the inner product', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'pairs-map', 1, 3);
    await page.mouse.move(x, y);
    const value = state.result!.concepts[0]!.causal!.pairwise.data[1 * 11 + 3]!.toFixed(2);
    assert.deepEqual(await tooltip(page, 'pairs-map'), [
      'man → woman  ×  son → daughter',
      `cosine ${value}, causal`,
      'Click to find man → woman in the text',
    ]);
    await page.mouse.move(1, 1);
    assert.deepEqual(await tooltip(page, 'pairs-map'), []);
  });

  it('reveal the row’s pair when a cell or a bar is clicked', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const cell = await cellCenter(page, 'pairs-map', 4, 2);
    await page.mouse.click(cell.x, cell.y);
    const bar = await cellCenter(page, 'leave-one-out', 5);
    await page.mouse.click(bar.x, bar.y);
    const concept = 'male ⇒ female';
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'revealPair', concept, pair: { base: 'uncle', target: 'aunt' } },
      { type: 'revealPair', concept, pair: { base: 'he', target: 'she' } },
    ]);
  });

  it('reveal the right pair after sorting', async () => {
    const state = sampleState();
    panel = await openPanel(state, { saved: { pairOrder: 'leave-one-out' } });
    const { cosines } = state.result!.concepts[0]!.causal!.leaveOneOut;
    const best = state.result!.concepts[0]!.pairs[cosines.indexOf(Math.max(...cosines))]!;
    const bar = await cellCenter(panel.page, 'leave-one-out', 0);
    await panel.page.mouse.click(bar.x, bar.y);
    const posted = (await panel.posted()).at(-1);
    assert.deepEqual(posted, {
      type: 'revealPair',
      concept: 'male ⇒ female',
      pair: { base: best.base, target: best.target },
    });
  });

  it('choose a concept in the map of directions, by mouse and by keyboard', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'directions-map', 2, 2);
    await page.mouse.click(x, y);
    assert.equal(await page.getByTestId('concept-title').innerText(), 'singular ⇒ plural');
    await page.getByTestId('directions-map').locator('probe-picture').focus();
    for (const key of ['End', 'ArrowUp', 'Enter']) await page.keyboard.press(key);
    assert.equal(await page.getByTestId('concept-title').innerText(), 'lower ⇒ upper');
  });

  it('are accessible to screen readers: a sentence, and values by keyboard', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const images = page.getByRole('img', { name: /^Heat map of|^Bars of|^Histogram of/ });
    assert.equal(await images.count(), 4);
    const chart = page.getByTestId('pairs-map').locator('probe-picture');
    await chart.focus();
    await page.keyboard.press('ArrowRight');
    assert.equal(await chart.getByRole('status').getAttribute('aria-live'), 'polite');
    assert.match((await tooltip(page, 'pairs-map'))[0]!, /^king → queen/);
  });

  it('draw undefined cosines as dashes and explain them', async () => {
    const [first, second] = sampleConcepts();
    const result = sampleResult([{ ...first!, zeroes: [1] }, second!]);
    panel = await openPanel(sampleState({ result }));
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'pairs-map', 1, 0);
    await page.mouse.move(x, y);
    assert.equal((await tooltip(page, 'pairs-map'))[1], 'cosine –, causal');
    assert.match(
      await page.getByTestId('pairs-map').innerText(),
      /– undefined: a pair’s two words have the same/,
    );
    assert.match(await page.getByTestId('leave-one-out').innerText(), /– undefined/);
    assert.equal((await tableValues(page, 'pairs-map')).get('man → woman | king → queen'), '');
  });

  it('keep markup in names as text', async () => {
    const evil = '<img src=x onerror=alert(1)>';
    const [first, second] = sampleConcepts();
    const pairs = [[evil, '"><script>'] as const, ...second!.pairs];
    const result = sampleResult([
      { ...first!, name: evil },
      { ...second!, pairs },
    ]);
    panel = await openPanel(sampleState({ result, conceptFile: evil, problem: evil }), {
      saved: { concept: second!.name, openTables: ['pairs', 'directions', 'leave-one-out'] },
    });
    const { page } = panel;
    const { x, y } = await cellCenter(page, 'pairs-map', 0, 1);
    await page.mouse.move(x, y);
    assert.ok((await tooltip(page, 'pairs-map'))[0]!.startsWith(evil));
    assert.equal(await page.locator('main img, main script').count(), 0);
    assert.equal(await page.locator('.file').innerText(), evil);
  });
});
