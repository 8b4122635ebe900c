import assert from 'node:assert/strict';
import type { PanelState } from '../../src/protocol/panelMessages';
import { sampleComparison } from '../support/sampleComparison';
import { sampleManyModels } from '../support/sampleManyModels';
import { tooltip } from './support/chartDriver';
import { paintedAt } from './support/chartPixels';
import { manyConcepts, manyPairs, sampleResult, sampleState } from './support/sampleState';
import { sampleCategories } from './support/sampleCategories';
import { sampleAlignment, sampleMeasurement } from './support/sampleContexts';
import { sampleContinuation, sampleSteering } from './support/sampleSteering';
import { sampleBetween } from './support/sampleBetween';
import { sampleNearest, sampleVocabulary } from './support/sampleVocabulary';
import { missingViews, walkWidths, widths } from './support/walkWidths';
import { openPanel, settled, type WebviewPage } from './support/webviewPage';

describe('the panel at widths of 320 to 1,900 pixels', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  /** Opens the panel and checks text and charts for problems at every width. */
  const walk = async (state: PanelState, saved?: object) => {
    panel = await openPanel(state, { saved });
    assert.deepEqual(await missingViews(panel, state), []);
    assert.deepEqual(await walkWidths(panel), []);
  };

  for (const count of [2, 8, 27, 40])
    it(`shows ${count} concepts without clipping or overlaps`, async () => {
      const result = manyConcepts(count);
      const [x, y] = result.concepts;
      const vocabulary = sampleVocabulary(result, x!.name, y!.name, { tokens: 500 });
      const comparison = sampleComparison(result, result);
      const manyModels = sampleManyModels(result, count === 40 ? 12 : 3);
      // The widest and the narrowest cells of the three maps; the single map of 40 concepts is in accessibility.test.ts.
      const map = count === 8 || count === 40 ? 'all' : 'directions';
      await walk(
        sampleState({ result, vocabulary, comparison, manyModels, between: sampleBetween(result) }),
        {
          ...{ map, conceptOrder: 'clustered', pairOrder: 'clustered' },
        },
      );
    });

  for (const count of [8, 27, 40])
    it(`shows contexts with ${count} concepts without clipping or overlaps`, () => {
      const result = manyConcepts(count);
      const labels = ['boys', 'girls', 'a label in so many words that it takes a line'];
      return walk(
        sampleState({
          result,
          alignment: [sampleAlignment(result, { count: 150 })],
          measurement: [sampleMeasurement(result, { labels, count: 300, empty: 2 })],
        }),
      );
    });

  for (const [count, words] of [
    [5, 100],
    [40, 12],
  ] as const)
    it(`shows ${count} categories of ${words} words without clipping or overlaps`, () =>
      walk(sampleState({ categories: sampleCategories(count, words) })));

  for (const count of [2, 27, 40])
    it(`shows a steered context with ${count} concepts without clipping or overlaps`, async () => {
      const result = manyConcepts(count);
      const { name } = result.concepts[0]!;
      const steering = sampleSteering(result, name, { tokens: 2000, result: { windowed: true } });
      const ending = `${'An incomprehensible '.repeat(9)}${'w'.repeat(60)}`;
      const continuation = sampleContinuation(name, { problem: 'Cancelled.', isOutdated: true });
      await walk(sampleState({ result, steering: { ...steering, ending }, continuation }), {
        ...{ openTables: ['steering-pairs', 'steering-arrows'] },
        ...{ steering: { alpha: -0.987, alphas: 'no number', temperature: 0.5 } },
      });
    });

  it('says how to begin without clipping or overlaps', () =>
    walk(sampleState({ conceptFile: null, result: null })));

  it('shows 300 pairs without clipping or overlaps', () => walk(sampleState({ result: manyPairs(300) })));

  it('shows long names without clipping or overlaps', async () => {
    const pairs = Array.from(
      { length: 9 },
      (_, at) => [`incomprehensible${at}`, `counterfactuality${at}`] as const,
    );
    const name = (at: number) =>
      `${at}: a name that says in many words what its pairs of words have in common`;
    const result = sampleResult([0, 1, 2, 3].map((at) => ({ name: name(at), pairs })));
    const conceptFile = 'research/2026/a-folder-with-a-long-name/everything-about-royalty.concepts.json';
    const vocabulary = sampleVocabulary(result, name(0), name(1), { tokens: 500 });
    const steering = sampleSteering(result, name(0), { tokens: 500 });
    await walk(
      sampleState({
        result,
        conceptFile,
        vocabulary,
        steering,
        nearest: sampleNearest(name(0), 'king'),
        comparison: sampleComparison(result, result),
      }),
    );
  });

  it('keeps everything in place while a new result is being computed', async () => {
    panel = await openPanel(sampleState());
    const progress = { message: 'Reading 118 rows of the unembedding', fraction: 0.4 };
    for (const width of widths) {
      await panel.page.setViewportSize({ width, height: 900 });
      await panel.send(sampleState());
      const before = await panel.page.locator('.results').boundingBox();
      await panel.send(sampleState({ progress }));
      assert.deepEqual(await panel.page.locator('.results').boundingBox(), before, `${width} pixels`);
    }
  });

  it('labels all 40 concepts in a map of usual width, and says so if it cannot', async () => {
    const result = manyConcepts(40);
    panel = await openPanel(sampleState({ result }), { width: 900 });
    const { page } = panel;
    const note = page.getByTestId('directions-map').locator('probe-picture .note');
    const names = result.concepts.map(({ name }) => name);
    for (const width of [540, 1900]) {
      const painted = await paintedAt(page, width, 'directions-map');
      const missing = names.filter((name) => painted.filter((text) => text === name).length < 2);
      assert.deepEqual(missing, [], `beside and below the map at ${width} pixels`);
      assert.equal(await note.isVisible(), false);
    }
    const painted = await paintedAt(page, 320, 'directions-map');
    const step = /^One name in (\d+) is shown\. Point to a cell or use the arrow keys/.exec(
      await note.innerText(),
    );
    assert.equal(painted.length % (2 * Math.ceil(names.length / Number(step![1]))), 0, 'beside and below');
    await page.getByTestId('directions-map').locator('probe-picture').focus();
    await page.keyboard.press('End');
    assert.equal((await tooltip(page, 'directions-map'))[0], names.at(-1));
  });

  it('says which of 171 bars are visible, and scrolls to all of them', async () => {
    panel = await openPanel(sampleState({ result: manyPairs(171) }), { width: 540 });
    const { page } = panel;
    const bars = page.getByTestId('leave-one-out');
    const note = bars.locator('probe-picture .note');
    assert.equal(
      await note.innerText(),
      'Pairs 1–24 of 171. Scroll or use the arrow keys to see the others.',
    );
    await bars.locator('.chart-scroll').evaluate((scroll) => {
      scroll.scrollTop = scroll.scrollHeight;
    });
    await page.waitForFunction(() =>
      document.querySelector('.leave-one-out .note')?.textContent.startsWith('Pairs 148–171 of 171.'),
    );
    const painted = await paintedAt(page, 560, 'leave-one-out');
    assert.ok(painted.includes('base170 → target170'));
    await panel.send(sampleState({ result: manyPairs(24) }));
    assert.equal(await note.isVisible(), false);
  });

  it('uses the available space: pictures grow, and figures stand side by side', async () => {
    panel = await openPanel(sampleState({ result: manyConcepts(8) }));
    const { page } = panel;
    const widthAt = async (width: number) => {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      return (await page.locator('.sparkline').first().boundingBox())!.width;
    };
    assert.ok((await widthAt(320)) >= 80);
    assert.ok((await widthAt(1900)) >= 180);
    const places = async (...ids: string[]) =>
      Promise.all(ids.map(async (id) => (await page.getByTestId(id).boundingBox())!));
    const [map, bars, chance] = await places('pairs-map', 'leave-one-out', 'chance');
    assert.equal(map!.y, bars!.y);
    assert.equal(map!.y, chance!.y);
    assert.ok(map!.width > 600 && bars!.width > 500 && chance!.x + chance!.width > 1800);
    const plotWidth = async () => {
      const plot = page.getByTestId('directions-map').locator('canvas').first();
      return (await plot.boundingBox())!.width;
    };
    const wide = await plotWidth();
    await widthAt(540);
    assert.ok(wide > (await plotWidth()) * 1.2);
  });
});
