import assert from 'node:assert/strict';
import type { AnalogyScore } from '../../../src/geometry/analogies';
import type { AnalogiesResult } from '../../../src/protocol/vocabularyResult';
import { sampleState } from '../support/sampleState';
import { openPanel, openReport, type WebviewPage } from '../support/webviewPage';

const score = (accuracy: number): AnalogyScore => ({
  ...{ accuracy, inFirstFive: accuracy + 0.1, reciprocalRank: accuracy + 0.05 },
  accuracyWithGiven: accuracy / 4,
});
const ofProduct = (product: 'euclidean' | 'causal', accuracy: number): AnalogiesResult => ({
  product,
  tokens: 32_000,
  concepts: [
    {
      ...{ concept: 'male ⇒ female', given: 14, pairs: 12, questions: 120, skipped: 12 },
      ...{ add: score(accuracy), multiply: score(accuracy + 0.2) },
    },
    { ...{ concept: 'alone', given: 1, pairs: 1, questions: 0, skipped: 0 }, add: null, multiply: null },
  ],
});
const analogies = [ofProduct('euclidean', 0.125), ofProduct('causal', 0.5)];

describe('analogy accuracy in the panel', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const cells = async (concept: string): Promise<string[]> =>
    panel!.page.locator(`[data-testid="analogies-table"] tr[data-concept="${concept}"] td`).allInnerTexts();

  it('is requested, shown in the chosen product, and closed', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    assert.equal(await page.getByTestId('analogies').count(), 0);
    await page.getByTestId('analogies-button').click();
    await page.getByTestId('export-direction').click();
    assert.deepEqual((await panel.posted()).slice(1), [
      { type: 'analogies' },
      { type: 'exportDirection', concept: 'male ⇒ female' },
    ]);
    await panel.send({ ...state, analogies });
    await page.getByTestId('analogies-table').waitFor();
    assert.match(
      await page.locator('[data-testid="analogies-table"] caption').innerText(),
      /among 32,000 tokens, causal inner product/u,
    );
    assert.deepEqual(await cells('male ⇒ female'), [
      ...['12/14', '120', '12'],
      ...['0.500', '0.600', '0.550', '0.125', '0.700', '0.800', '0.750', '0.175'],
    ]);
    assert.deepEqual(await cells('alone'), ['1/1', '0', '0', ...Array<string>(8).fill('–')]);
    await page.getByRole('radio', { name: 'Euclidean' }).check();
    assert.deepEqual((await cells('male ⇒ female')).slice(3, 7), ['0.125', '0.225', '0.175', '0.031']);
    await page.getByTestId('close-analogies').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'analogies' });
    await panel.send({ ...state, analogies: null });
    assert.equal(await page.getByTestId('analogies').count(), 0);
  });

  it('is included in a report, without its buttons', async () => {
    panel = await openReport({ ...sampleState(), analogies });
    await panel.page.getByTestId('analogies-table').waitFor();
    assert.equal(await panel.page.getByTestId('close-analogies').count(), 0);
  });
});
