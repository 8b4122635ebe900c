import assert from 'node:assert/strict';
import { cellCenter, tableValues, tooltip } from '../support/chartDriver';
import { sampleState, tokenId } from '../support/sampleState';
import { watchRedraws } from '../support/redraws';
import { sampleVocabulary } from '../support/sampleVocabulary';
import { openPanel, openReport, settled, type WebviewPage } from '../support/webviewPage';

const [male, past] = ['male ⇒ female', 'present ⇒ past'];

describe('the vocabulary on directions', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('is requested in the chosen product and against the chosen concept', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    await page.getByTestId('project-vocabulary').click();
    await page.getByTestId('against').selectOption(past);
    await page.getByRole('radio', { name: 'Euclidean' }).check();
    await page.getByTestId('project-vocabulary').click();
    await page.getByTestId('find-pairs').click();
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'vocabulary', product: 'causal', x: male, y: null },
      { type: 'vocabulary', product: 'euclidean', x: male, y: past },
      { type: 'findPairs', concept: male, product: 'euclidean' },
    ]);
    await page.locator(`tr[data-concept="${past}"]`).click();
    assert.equal(await page.getByTestId('against').inputValue(), '', 'no concept is set against itself');
  });

  it('marks the tokens that are searched for, zooms, and has a key of its colours', async () => {
    const state = sampleState();
    const vocabulary = sampleVocabulary(state.result!, male, past);
    panel = await openPanel(sampleState({ ...state, vocabulary }));
    const { page } = panel;
    const key = await page.getByTestId('vocabulary-key').innerText();
    assert.match(
      key,
      /male ⇒ female: ○ base, ● target\s+present ⇒ past: ○ base, ● target\s+grey: all tokens/u,
    );
    await page.getByTestId('vocabulary-search').fill('T31999');
    assert.equal(await page.getByTestId('vocabulary-found').innerText(), '1 token found');
    assert.match(await page.getByTestId('vocabulary-key').innerText(), /◆ found/u);
    const chart = page.getByTestId('vocabulary-picture').locator('probe-picture');
    await chart.focus();
    await page.keyboard.press('End');
    const lines = await tooltip(page, 'vocabulary-picture');
    assert.deepEqual([lines[0], lines.at(-1)], ['▁t31999', 'found']);
    for (let i = 0; i < 6; i++) await page.keyboard.press('+');
    await settled(page);
    assert.deepEqual(await tooltip(page, 'vocabulary-picture'), lines, 'the token stays in view');
    const status = chart.locator('.chart-tools [role=status]');
    const shown = /^Shown: (\S+) to (\S+) on male ⇒ female, /u.exec(await status.innerText())!;
    const [low, high] = shown.slice(1).map((text) => Number(text.replace('−', '-')));
    const score = vocabulary.x.scores[31_999]!;
    assert.ok(low! <= score && score <= high! && high! - low! < 1.5, `${low} ${score} ${high}`);
    const box = (await chart.locator('.chart-plot').boundingBox())!;
    await page.mouse.move(box.x + 200, box.y + 150);
    await page.mouse.down();
    await page.mouse.move(box.x + 260, box.y + 150);
    await page.mouse.move(box.x + 300, box.y + 150);
    await page.mouse.up();
    await settled(page);
    assert.notEqual(/^Shown: (\S+)/u.exec(await status.innerText())![1], shown[1], 'a drag moves it');
    await chart.getByRole('button', { name: /^Reset/u }).click();
    await page.getByTestId('vocabulary-search').fill('t1');
    assert.match(
      await page.getByTestId('vocabulary-found').innerText(),
      /11,\d+ tokens found, of which the first 30 are marked/u,
    );
  });

  it('is computed without making the rest of the page busy', async () => {
    const progress = { message: 'Projecting 32,000 tokens', fraction: 0.4 };
    panel = await openPanel(sampleState());
    await panel.send({ progress, computing: 'vocabulary' });
    const { page } = panel;
    assert.equal(await page.getByTestId('computing').innerText(), 'Projecting 32,000 tokens…');
    const results = page.locator('.results');
    assert.equal(await results.getAttribute('aria-busy'), 'false');
    assert.doesNotMatch((await results.getAttribute('class'))!, /old/u);
    const vocabulary = sampleVocabulary(sampleState().result!, male, past);
    await panel.send({ vocabulary });
    assert.equal(await page.getByTestId('computing').count(), 0, 'the view says it itself');
    await panel.send({ computing: null });
    assert.equal(await results.getAttribute('aria-busy'), 'true', 'the result itself');
  });

  it('is a scatter plot of all tokens with the concepts’ words labelled', async () => {
    const state = sampleState();
    const vocabulary = sampleVocabulary(state.result!, male, past);
    panel = await openPanel(state);
    await panel.send({ ...state, vocabulary });
    const { page } = panel;
    const view = page.getByTestId('vocabulary');
    await page.waitForFunction(() => {
      const top = document.getElementById('vocabulary')?.getBoundingClientRect().top ?? Infinity;
      return top < window.innerHeight;
    });
    assert.match(await view.innerText(), /Vocabulary on male ⇒ female against present ⇒ past/);
    assert.match(
      (await page.getByTestId('vocabulary-summary').innerText()).replaceAll('\u00a0', ' '),
      /causal, n = 32,000 tokens\. Their correlation is r = 0\.03/,
    );
    const { x, y } = await cellCenter(page, 'vocabulary-picture', 0);
    await page.mouse.move(x, y);
    const lines = await tooltip(page, 'vocabulary-picture');
    assert.deepEqual(
      [lines[0], lines.at(-1), lines.length],
      ['▁king', 'base word', 4],
      'bases are drawn above the cloud and found first',
    );
    const table = await tableValues(page, 'vocabulary-picture');
    assert.equal(table.get(`▁king (base) | ${male}`), String(vocabulary.x.scores[tokenId('king')]));
    assert.equal(table.get(`▁went (target) | ${past}`), String(vocabulary.y!.scores[tokenId('went')]));
    const ends = page.getByTestId('vocabulary-ends');
    assert.equal(await ends.count(), 2);
    assert.equal(await ends.first().locator('tbody tr').count(), 20);
    const top = vocabulary.x.top[0]!;
    assert.equal(await ends.first().locator(`td[data-token="${top.id}"]`).innerText(), top.piece);
    await page.getByTestId('close-vocabulary').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'vocabulary' });
    await panel.send({ ...state, vocabulary: null });
    assert.equal(await view.count(), 0);
  });

  it('names any token under the mouse', async () => {
    const state = sampleState();
    const vocabulary = sampleVocabulary(state.result!, male, past);
    panel = await openPanel({ ...state, vocabulary });
    const { page } = panel;
    const chart = page.getByTestId('vocabulary-picture').locator('probe-picture');
    await chart.scrollIntoViewIfNeeded();
    const box = (await chart.boundingBox())!;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2 + 9);
    assert.match((await tooltip(page, 'vocabulary-picture'))[0]!, /^▁/);
  });

  it('is a histogram with base and target words if there is one direction', async () => {
    const state = sampleState();
    panel = await openPanel({ ...state, vocabulary: sampleVocabulary(state.result!, male, null) });
    const { page } = panel;
    await page.getByTestId('vocabulary-picture').locator('probe-picture').focus();
    await page.keyboard.press('Home');
    assert.match((await tooltip(page, 'vocabulary-picture'))[1]!, /^base word, .* on male ⇒ female, causal$/);
    await page.keyboard.press('End');
    assert.match((await tooltip(page, 'vocabulary-picture'))[1]!, /^target word/);
    assert.equal(await page.getByTestId('vocabulary-ends').count(), 1);
  });

  it('is included in a report, without controls for requests', async () => {
    const state = sampleState();
    panel = await openReport({ ...state, vocabulary: sampleVocabulary(state.result!, male, past) });
    const { page } = panel;
    assert.equal(await page.getByTestId('vocabulary-ends').count(), 2);
    assert.equal(await page.locator('vscode-button').count(), 0);
    assert.equal(await page.getByTestId('against').count(), 0);
  });

  it('stays responsive with 256,000 tokens: progress does not redraw anything', async () => {
    const state = sampleState();
    const vocabulary = sampleVocabulary(state.result!, male, past, { tokens: 256_000 });
    panel = await openPanel({ ...state, vocabulary });
    const { page } = panel;
    await page.getByTestId('vocabulary-picture').locator('canvas').first().waitFor();
    const redrawn = await watchRedraws(page, '.vocabulary');
    // The points are drawn in several steps.
    while (await redrawn()) await page.waitForTimeout(200);
    await panel.sendRaw({ type: 'state', state: { progress: { message: 'Reading rows', fraction: 0.5 } } });
    await page.getByRole('radio', { name: 'Absolute' }).check();
    assert.equal(await redrawn(), false);
    await page.setViewportSize({ width: 700, height: 800 });
    assert.equal(await redrawn(), true);
  });
});
