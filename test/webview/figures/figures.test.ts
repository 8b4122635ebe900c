import assert from 'node:assert/strict';
import type { FromPanel, PanelState } from '../../../src/protocol/panelMessages';
import { sampleAlignment, sampleMeasurement } from '../support/sampleContexts';
import { liveRuns, running, savedSimulation } from '../support/sampleSimulations';
import { manyPairs, sampleConcepts, sampleResult, sampleState } from '../support/sampleState';
import { sampleBetween } from '../support/sampleBetween';
import { sampleSteering } from '../support/sampleSteering';
import { sampleVocabulary } from '../support/sampleVocabulary';
import { darkTheme } from '../support/themes';
import { openPanel, openReport, type WebviewPage } from '../support/webviewPage';
import { chooseInMenu, savedFiles, svgFacts, type SvgFacts } from './savedFiles';

const concept = 'male ⇒ female';

/** Everything on the *Geometry* page that has figures. */
function everything(): PanelState {
  const result = sampleResult(sampleConcepts());
  return sampleState({
    result,
    vocabulary: sampleVocabulary(result, concept, 'present ⇒ past'),
    alignment: [sampleAlignment(result)],
    measurement: [sampleMeasurement(result)],
    steering: sampleSteering(result, concept, { tokens: 500 }),
    between: sampleBetween(result),
  });
}

describe('a figure for a paper', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  /** Saves every figure of a page as SVG. */
  const saved = async (state: PanelState, ui: object): Promise<Map<string, SvgFacts>> => {
    panel = await openPanel(state, { theme: darkTheme, saved: ui });
    const menus = panel.page.locator('figure-menu');
    const count = await menus.count();
    for (let at = 0; at < count; at++) await chooseInMenu(menus.nth(at), 'Save as SVG…');
    const files = await savedFiles(panel.page, count);
    return new Map(
      await Promise.all(
        files.map(async ({ name, text }) => [name, await svgFacts(panel!.page, text)] as const),
      ),
    );
  };

  const isWhole = (figures: ReadonlyMap<string, SvgFacts>): void => {
    for (const [name, { problem, texts, fonts, links, ground, isClean }] of figures) {
      assert.equal(problem, null, `${name} is well-formed XML`);
      assert.deepEqual(fonts, ['sans-serif'], `${name} has only the reader's own font`);
      assert.deepEqual(links, [], `${name} refers to nothing outside`);
      assert.equal(ground, '#ffffff', `${name} is light in a dark theme`);
      assert.ok(isClean, `${name} has no script, style or class`);
      const caption = texts.join(' ');
      for (const fact of ['Model: ', 'Inner product: ', 'n\u00a0=\u00a0', 'ompared with ', 'Seed\u00a0'])
        assert.ok(caption.includes(fact), `${name} says ${fact}`);
      assert.ok(caption.includes('Concept\u00a0Probe\u00a0'), `${name} names the version`);
    }
  };

  it('is whole, light and self-contained for every figure of the Geometry page', async () => {
    const figures = await saved(everything(), { map: 'all' });
    isWhole(figures);
    const names = [
      ...['directions.euclidean', 'directions.causal', 'control', 'directions.all'],
      'between.causal.male-female.present-past',
      ...['measured.causal.male-female', 'alignment.causal'],
      ...['alignment.causal.male-female', 'context-leave-one-out.causal.male-female'],
      ...[
        'pairs.causal.01-male-female',
        'leave-one-out.causal.01-male-female',
        'chance.causal.01-male-female',
      ],
      ...['vocabulary.causal.male-female.present-past', 'steering.causal.male-female'],
    ];
    assert.deepEqual([...figures.keys()].sort(), names.map((name) => `${name}.svg`).sort());
    const map = figures.get('directions.causal.svg')!;
    assert.ok(map.texts.includes('singular ⇒ plural'), 'names of rows are text');
    assert.ok(map.texts.includes('0.20'), 'so are values');
    const row = figures.get('directions.all.svg')!;
    const count = (text: string) => row.texts.filter((one) => one === text).length;
    assert.equal(count('singular ⇒ plural'), 6, 'all three maps name it beside and below');
    for (const title of ['Euclidean', 'Causal', 'Random control'])
      assert.ok(
        row.texts.some((text) => text.startsWith(`${title}: mean |cosine| 0.`)),
        title,
      );
    assert.match(row.texts.join(' '), /Order: that of the file\./u);
    assert.ok(row.width > 3 * 480 && row.width < 1600, 'beside each other');
    assert.ok(figures.get('vocabulary.causal.male-female.present-past.svg')!.texts.includes(concept));
  });

  it('is whole for every figure of the Simulator page', async () => {
    const state = sampleState({ simulator: running(liveRuns(2)[1]!) });
    const figures = await saved(state, { page: 'simulator', simulator: { isOpen: true, isMoral: true } });
    isWhole(figures);
    const names = ['graph', 'points', 'simulated-map.unembedding', 'model-map.euclidean'];
    for (const name of [...names, 'curves.measures', 'curves.loss', 'curves.norms'])
      assert.ok(figures.has(`${name}.svg`), name);
    assert.ok(figures.get('curves.measures.svg')!.texts.includes('UE'), 'its lines are named');
    assert.ok(figures.get('graph.svg')!.texts.includes('C1'));
    await panel!.close();
    const simulations = [savedSimulation('b', {}, 3), savedSimulation('a', { concepts: 4, steps: 2000 })];
    isWhole(
      await saved(sampleState({ simulations }), {
        page: 'simulator',
        simulator: { looked: 'b', compared: 'a' },
      }),
    );
  });

  it('shows all of 300 pairs, with hatched signs where no number fits', async () => {
    const result = manyPairs(300);
    // As wide as numbers need, but in rows of two pixels.
    const figures = await saved(sampleState({ result, between: sampleBetween(result, 0, 0, 13) }), {});
    isWhole(figures);
    const bars = figures.get('leave-one-out.causal.01-many.svg')!;
    assert.equal(bars.texts.filter((text) => /^base\d+ → target\d+$/u.test(text)).length, 300);
    const map = figures.get('pairs.causal.01-many.svg')!;
    assert.ok(map.texts.join(' ').includes('Hatched: negative.'));
    const between = figures.get('between.causal.many.many.svg')!;
    assert.ok(between.texts.join(' ').includes('Hatched: negative.'));
    for (const [name, { images }] of Object.entries({ map, between })) {
      assert.equal(images.length, 1, `${name}: so many cells are a picture`);
      const { shown, pixels } = images[0]!;
      const twice = shown.map((length) => 2 * length);
      assert.deepEqual(pixels, twice, `${name}: two pixels for one, high and wide`);
    }
    assert.notEqual(between.images[0]!.pixels[0], between.images[0]!.pixels[1]);
  });

  it('is a PNG of twice the size', async () => {
    panel = await openPanel(sampleState());
    const menu = panel.page.getByTestId('directions-map').locator('figure-menu');
    await chooseInMenu(menu, 'Save as SVG…');
    await chooseInMenu(menu, 'Save as PNG…');
    const [svg, png] = await savedFiles(panel.page, 2);
    const { width, height } = await svgFacts(panel.page, svg!.text);
    const bytes = Buffer.from(png!.text, 'base64');
    assert.equal(png!.name, 'directions.causal.png');
    assert.deepEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)], [2 * width, 2 * height]);
  });

  it('has its numbers beside it, the same as in the panel', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const menu = panel.page.getByTestId('pairs-map').locator('figure-menu');
    for (const format of ['CSV', 'JSON', 'NPY']) await chooseInMenu(menu, `Save Data as ${format}…`);
    const [csv, json, npy] = await savedFiles(panel.page, 3);
    const { data, rows } = state.result!.concepts[0]!.causal!.pairwise;
    const lines = csv!.text.trim().split('\r\n');
    assert.equal(lines.length, rows + 1);
    assert.equal(lines[1]!.split(',')[2], String(data[1]));
    const { values } = JSON.parse(json!.text) as { values: number[][] };
    assert.deepEqual(values.flat(), [...data]);
    const numbers = Buffer.from(npy!.text, 'base64').subarray(-8 * data.length);
    assert.equal(numbers.readDoubleLE(8), data[1]);
  });

  it('is copied with the keyboard alone, as a picture, text or table', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const menu = page.getByTestId('leave-one-out').locator('figure-menu');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    const said = () => menu.getByRole('status').innerText();
    await menu.getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    assert.equal(await menu.getByRole('menuitem', { name: 'Save as SVG…' }).evaluate(isFocused), true);
    for (let at = 0; at < 5; at++) await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith('| Pair |'));
    assert.match(await copied(), /\| king → queen \| 0\.\d{2} \|/u);
    assert.equal(await said(), 'Copied the table');
    assert.equal(await menu.getByRole('button').evaluate(isFocused), true, 'the focus is back');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowUp');
    assert.equal(await menu.getByRole('menuitem', { name: 'Save Data as NPY…' }).evaluate(isFocused), true);
    await page.keyboard.press('Escape');
    assert.equal(await menu.getByRole('menuitem').count(), 0);
    await chooseInMenu(menu, 'Copy Image');
    await menu.getByText('Copied the image').waitFor();
    const types = await page.evaluate(async () => (await navigator.clipboard.read())[0]!.types);
    assert.deepEqual(types, ['image/png']);
    for (const [label, start] of [
      ['Copy as SVG', '<svg xmlns="http://www.w3.org/2000/svg"'],
      ['Copy as LaTeX Table', '\\begin{table}'],
      ['Copy Caption', 'Cosine of each difference of male ⇒ female'],
    ] as const) {
      await chooseInMenu(menu, label);
      await page.waitForFunction(
        async (expected) => (await navigator.clipboard.readText()).startsWith(expected),
        start,
      );
    }
  });

  it('is made for every concept when all are asked for, with data and caption beside it', async () => {
    const result = sampleResult(sampleConcepts().slice(0, 2));
    panel = await openPanel(sampleState({ result }));
    await panel.sendRaw({ type: 'figures', scope: 'all' });
    await panel.page.waitForFunction(() =>
      (window as unknown as { posted: FromPanel[] }).posted.some(
        (message) => message.type === 'figures' && message.left === 0,
      ),
    );
    const made = (await panel.posted()).flatMap((message) => (message.type === 'figures' ? [message] : []));
    const names = ['directions.causal'].concat(
      ['01-male-female', '02-present-past'].flatMap((name) =>
        ['pairs', 'leave-one-out', 'chance'].map((what) => `${what}.causal.${name}`),
      ),
    );
    const formats = ['svg', 'png', 'csv', 'json', 'npy', 'txt'];
    assert.deepEqual(
      made.flatMap(({ files }) => files.map(({ name }) => name)).sort(),
      names.flatMap((name) => formats.map((format) => `${name}.${format}`)).sort(),
    );
    assert.deepEqual(
      made.map(({ left, problem }) => [left, problem]),
      names.map((_, at) => [names.length - 1 - at, null]),
    );
    assert.equal(
      await panel.page.getByTestId('concept-title').innerText(),
      concept,
      'the page stays as it is',
    );
  });

  it('is a download in a report', async () => {
    panel = await openReport(sampleState());
    const menu = panel.page.getByTestId('chance').locator('figure-menu');
    const downloading = panel.page.waitForEvent('download');
    await chooseInMenu(menu, 'Save as PNG…');
    const download = await downloading;
    assert.equal(download.suggestedFilename(), 'chance.causal.01-male-female.png');
  });

  it('opens its menu above the button where there is no room below', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const menu = page.getByTestId('directions-map').locator('figure-menu');
    const button = menu.getByRole('button');
    const windowHeight = page.viewportSize()!.height;
    for (const isBelow of [true, false]) {
      await button.evaluate(
        (element, block) => {
          element.scrollIntoView({ block });
        },
        isBelow ? ('center' as const) : ('end' as const),
      );
      await button.click();
      const [opener, items] = await Promise.all([button.boundingBox(), menu.getByRole('menu').boundingBox()]);
      assert.equal(items!.y > opener!.y, isBelow);
      assert.ok(items!.y >= 0 && items!.y + items!.height <= windowHeight, 'the whole menu is seen');
      const first = menu.getByRole('menuitem', { name: 'Save as SVG…' });
      assert.equal(await first.evaluate(isFocused), true);
      await page.keyboard.press('Escape');
    }
  });

  it('says why a copy failed', async () => {
    panel = await openPanel(sampleState());
    await panel.page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('No permission.'));
    });
    const menu = panel.page.getByTestId('chance').locator('figure-menu');
    await chooseInMenu(menu, 'Copy Caption');
    await menu.getByText('Could not save or copy the figure: No permission.').waitFor();
  });
});

function isFocused(element: Element): boolean {
  return element === document.activeElement;
}
