import assert from 'node:assert/strict';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { repeatedConcepts, sampleState } from './support/sampleState';
import { openPanel, settled, type WebviewPage } from './support/webviewPage';

describe('the panel and its host', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('says that it is ready, once', async () => {
    panel = await openPanel();
    assert.deepEqual(await panel.posted(), [{ type: 'ready' }]);
    assert.equal(await panel.page.locator('main').count(), 1);
  });

  it('shows what was probed, with which model, in which inner product and with how many pairs', async () => {
    panel = await openPanel(sampleState());
    await panel.page.getByTestId('details').locator('summary').click();
    const header = (await panel.page.locator('header').innerText()).replaceAll('\u00a0', ' ');
    for (const words of [
      'Geometry',
      'royalty.concepts.json',
      'stories-llama2',
      'onnx/model.onnx',
      '32,000 tokens × 288 dimensions',
      'MatMul, float16, stored [hidden, vocab]',
      'Inner product',
      'Cov(γ) over 32,000 tokens',
      'condition number ≈ 3.2e3',
      '6 concepts',
      'n = 60 of 63 pairs kept',
    ]) {
      assert.ok(header.includes(words), `${words} in ${header}`);
    }
  });

  it('says once that rows have no token, and how they are treated', async () => {
    const padded = sampleState();
    const model = { ...padded.result!.model, rowsWithoutToken: 267 };
    for (const [allRows, told] of [
      [false, 'left out of'],
      [true, 'counted in'],
    ] as const) {
      const settings = { ...padded.result!.settings, allRows };
      panel = await openPanel({ ...padded, result: { ...padded.result!, model, settings } });
      await panel.page.getByTestId('details').locator('summary').click();
      const text = (await panel.page.locator('body').innerText()).replaceAll('\u00a0', ' ');
      assert.equal(text.split('267 rows have no token').length, 2);
      assert.ok(text.includes(`267 rows have no token (${told} Cov(γ), random pairs and lists)`));
      assert.ok(text.includes('32,000 rows × 288 dimensions'));
      assert.ok(text.includes(`Cov(γ) over 32,000 ${allRows ? 'rows' : 'tokens'}`));
    }
  });

  it('requests exports', async () => {
    panel = await openPanel(sampleState());
    for (const format of ['json', 'csv', 'npy', 'html'])
      await panel.page.getByTestId(`export-${format}`).click();
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'export', format: 'json' },
      { type: 'export', format: 'csv' },
      { type: 'export', format: 'npy' },
      { type: 'export', format: 'html' },
    ]);
  });

  it('shows progress with Cancel over the old result, without moving anything', async () => {
    panel = await openPanel(sampleState());
    const top = () =>
      panel!.page.locator('.results').evaluate((element) => element.getBoundingClientRect().top);
    const before = await top();
    await panel.send(sampleState({ progress: { message: 'Reading rows', fraction: 0.25 } }));
    assert.equal(await top(), before);
    assert.equal(await panel.page.getByRole('progressbar').first().getAttribute('aria-valuenow'), '25');
    assert.ok(await panel.page.getByText('Reading rows').isVisible());
    assert.ok(await panel.page.getByTestId('pairs-map').isVisible());
    await panel.page.getByTestId('cancel').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'cancel' });
    await panel.send(sampleState());
    assert.equal(await panel.page.getByTestId('cancel').count(), 0);
  });

  it('shows early results without dimming, and says what is being computed', async () => {
    const state = sampleState();
    const early = earlyOf(state.result!);
    panel = await openPanel({ ...state, progress: { message: 'Comparing with chance', fraction: null } });
    const { page } = panel;
    const isDimmed = () => page.locator('.results').evaluate(({ classList }) => classList.contains('old'));
    const first = page.locator('[data-testid=overview] tbody tr').first();
    const verdict = first.locator('.verdict');
    assert.ok(await isDimmed());
    await panel.send({ early });
    assert.ok(!(await isDimmed()));
    assert.equal(await verdict.innerText(), 'Being computed');
    assert.equal(
      await first.locator('[data-value]').getAttribute('data-value'),
      String(early.concepts[0]!.causal!.leaveOneOut.mean),
    );
    assert.match(await page.getByTestId('figures').innerText(), /being computed/u);
    assert.match(
      await page.getByTestId('directions-chance').innerText(),
      /^The comparison with random concepts is being computed\.$/u,
    );
    await panel.send({ result: state.result, early: null, progress: null });
    assert.match(await verdict.innerText(), /beyond chance, q/u);
    assert.doesNotMatch(await page.locator('.results').innerText(), /being computed/u);
  });

  it('describes a problem, with Retry and the log', async () => {
    panel = await openPanel(sampleState({ problem: 'The model folder has no ONNX file.' }));
    assert.match(await panel.page.getByRole('alert').innerText(), /The model folder has no ONNX file\./);
    await panel.page.getByTestId('retry').click();
    await panel.page.getByTestId('show-log').click();
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'retry' },
      { type: 'command', command: 'showLog' },
    ]);
  });

  it('ignores unknown messages', async () => {
    panel = await openPanel(sampleState());
    for (const message of [null, 'state', { type: 'weather' }, { state: {} }, 7]) {
      await panel.sendRaw(message);
      await panel.sendAsIs(message);
    }
    assert.ok(await panel.page.getByTestId('pairs-map').isVisible());
  });

  it('chooses a concept by mouse and by keyboard, and keeps the choice', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const title = page.getByTestId('concept-title');
    assert.equal(await title.innerText(), 'male ⇒ female');
    await page.locator('tr[data-concept="small ⇒ big"] td').first().click();
    assert.equal(await title.innerText(), 'small ⇒ big');
    await page.getByRole('button', { name: 'small ⇒ big' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    assert.equal(await title.innerText(), 'lower ⇒ upper');
    assert.equal(await page.locator('[aria-current=true]').innerText(), 'lower ⇒ upper');
    const saved = await panel.saved();
    await panel.close();
    panel = await openPanel(sampleState(), { saved });
    assert.equal(await panel.page.getByTestId('concept-title').innerText(), 'lower ⇒ upper');
  });

  it('shows a concept that is clicked in the tree, without the focus, on the page of concepts alone', async () => {
    panel = await openPanel(sampleState(), { width: 540, height: 700 });
    const { page } = panel;
    const title = page.getByTestId('concept-title');
    await panel.sendRaw({ type: 'show', concept: 'small ⇒ big' });
    assert.equal(await title.innerText(), 'small ⇒ big');
    assert.ok(await title.evaluate((element) => element.getBoundingClientRect().top < innerHeight));
    assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
    await panel.sendRaw({ type: 'show', page: 'simulator' });
    await panel.sendRaw({ type: 'show', concept: 'lower ⇒ upper' });
    assert.equal(await title.count(), 0, 'the page is not turned');
    await panel.sendRaw({ type: 'show', page: 'geometry' });
    assert.equal(await title.innerText(), 'lower ⇒ upper');
  });

  it('brings a concept into view that is chosen in the overview, with the focus', async () => {
    panel = await openPanel(sampleState(), { width: 540, height: 700 });
    const { page } = panel;
    const title = page.getByTestId('concept-title');
    const isSeen = () =>
      title.evaluate((element) => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
    const scrolled = () => page.evaluate(() => scrollY);
    assert.ok(!(await isSeen()), 'it is below the visible part at first');
    await page.locator('tr[data-concept="small ⇒ big"] .verdict').click();
    assert.ok(await isSeen());
    await page.evaluate(() => {
      scrollTo(0, 0);
    });
    await page.getByRole('button', { name: 'small ⇒ big' }).focus();
    await page.keyboard.press('ArrowDown');
    await settled(page);
    assert.equal(await title.innerText(), 'small ⇒ big');
    assert.ok((await scrolled()) < 200, 'arrow keys only move along the list');
    await page.keyboard.press('Enter');
    assert.equal(await title.innerText(), 'lower ⇒ upper');
    assert.ok(await isSeen());
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'concept-title');
    await page.keyboard.press('Tab');
    assert.ok(await page.evaluate(() => document.activeElement?.closest('section')?.matches('.concept')));
  });

  it('resets a saved choice that it cannot read', async () => {
    panel = await openPanel(sampleState(), {
      saved: {
        concept: 7,
        openTables: ['pairs', 'attic'],
        pairOrder: 'yes',
        product: 3,
        map: null,
        selfPairs: 'no',
      },
    });
    assert.equal(await panel.page.getByTestId('concept-title').innerText(), 'male ⇒ female');
    assert.equal(await panel.page.locator('details[open]').count(), 1);
  });

  it('is where it was after a reload of the window: page, concept, place in the list and scroll position', async () => {
    const state = sampleState({ result: repeatedConcepts(200) });
    panel = await openPanel(state);
    await panel.page.locator('[data-testid=overview] [tabindex="0"]').focus();
    for (const key of ['End', 'Enter']) {
      await panel.page.keyboard.press(key);
      await settled(panel.page);
      await settled(panel.page);
    }
    const top = () => panel!.page.evaluate(() => scrollY);
    const chosen = await top();
    await panel.page.mouse.move(450, 20);
    await panel.page.mouse.wheel(0, 480);
    const savedScroll = async () => ((await panel!.saved()) as { scroll?: number } | undefined)?.scroll ?? 0;
    const isSaved = async () => (await top()) > chosen && Math.abs((await savedScroll()) - (await top())) < 1;
    for (let i = 0; i < 100 && !(await isSaved()); i++) await panel.page.waitForTimeout(50);
    const saved = await panel.saved();
    const place = await top();
    assert.ok(place > chosen);
    await panel.close();

    panel = await openPanel(
      { ...state, result: null, progress: { message: 'Opening', fraction: null } },
      { saved },
    );
    const { page } = panel;
    assert.equal(await page.evaluate(() => scrollY), 0, 'the first state has no result yet');
    await panel.send(state);
    await page.waitForFunction((top) => Math.abs(scrollY - top) < 2, place);
    assert.equal(await page.getByTestId('concept-title').innerText(), 'concept 200');
    const isVisible = await page.locator('.concepts .chosen').evaluate((row) => {
      const scroller = row.closest('.rows-scroll')!.getBoundingClientRect();
      const { top, bottom } = row.getBoundingClientRect();
      return top >= scroller.top && bottom <= scroller.bottom + 1;
    });
    assert.ok(isVisible, 'the chosen concept in the list');
    await panel.close();

    panel = await openPanel(state, { saved: { page: 'simulator', scroll: 'far' } });
    assert.equal(await panel.page.getByTestId('tab-simulator').getAttribute('aria-selected'), 'true');
    assert.equal(await panel.page.evaluate(() => scrollY), 0, 'what is not a place is ignored');
  });

  it('falls back to the first concept when the chosen one was removed', async () => {
    panel = await openPanel(sampleState(), { saved: { concept: 'renamed away' } });
    assert.equal(await panel.page.getByTestId('concept-title').innerText(), 'male ⇒ female');
  });

  it('sorts both charts of a concept by leave-one-out cosine', async () => {
    panel = await openPanel(sampleState(), { saved: { openTables: ['leave-one-out'] } });
    const { page } = panel;
    const values = () =>
      page
        .getByTestId('leave-one-out')
        .locator('td')
        .evaluateAll((cells) => cells.map((cell) => Number((cell as HTMLElement).dataset['value'])));
    const given = await values();
    await page.getByTestId('pair-order').selectOption('leave-one-out');
    await settled(page);
    assert.deepEqual(
      await values(),
      given.toSorted((a, b) => b - a),
    );
  });
});

/** A result before its statistics are known. */
function earlyOf(result: ProbeResult): ProbeResult {
  const { euclidean, causal } = result.directions;
  const untested = { random: null, permutation: null };
  return {
    ...result,
    concepts: result.concepts.map((concept) => ({
      ...concept,
      euclidean: { ...concept.euclidean, ...untested },
      causal: { ...concept.causal!, ...untested },
    })),
    directions: {
      ...result.directions,
      euclidean: { ...euclidean, chance: null },
      causal: { ...causal!, chance: null },
    },
    isEarly: true,
  };
}
