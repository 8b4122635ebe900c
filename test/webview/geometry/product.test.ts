import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { tableValues } from '../support/chartDriver';
import { sampleConcepts, sampleResult, sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('the inner product', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  it('is causal at first, and changes every number when it is switched', async () => {
    const state = sampleState();
    panel = await openPanel(state);
    const { page } = panel;
    const { concepts, directions } = state.result!;
    const name = concepts[1]!.name;
    const shown = async () => ({
      direction: (await tableValues(page, 'directions-map')).get(`${concepts[0]!.name} | ${name}`),
      pair: (await tableValues(page, 'pairs-map')).get('king → queen | man → woman'),
      bar: (await tableValues(page, 'leave-one-out')).get('king → queen | Leave-one-out cosine'),
      row: await page.locator(`tr[data-concept="${name}"] [data-value]`).innerText(),
    });
    const expected = (product: 'causal' | 'euclidean') => ({
      direction: String(directions[product]!.cosine.data[1]),
      pair: String(concepts[0]![product]!.pairwise.data[1]),
      bar: String(concepts[0]![product]!.leaveOneOut.cosines[0]),
      row: formatCosine(concepts[1]![product]!.leaveOneOut.mean),
    });
    assert.deepEqual(await shown(), expected('causal'));
    await page.getByTestId('details').locator('summary').click();
    assert.match(await page.getByTestId('product-facts').innerText(), /Cov\(γ\) over 32,000 tokens/);
    await page.getByRole('radio', { name: 'Euclidean' }).check();
    assert.deepEqual(await shown(), expected('euclidean'));
    const text = await page.locator('main').innerText();
    assert.ok(!text.includes('causal'), 'nothing is said in the product that is not shown');
    assert.match(await page.getByTestId('product-facts').innerText(), /⟨u, v⟩ = uᵀv/);
  });

  it('is switched with the arrow keys, and the choice is kept', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    await page.getByRole('radio', { name: 'Causal' }).focus();
    await page.keyboard.press('ArrowRight');
    await settled(page);
    assert.match(await page.getByTestId('directions-summary').innerText(), /Euclidean, n/);
    const saved = await panel.saved();
    await panel.close();
    panel = await openPanel(sampleState(), { saved });
    assert.ok(await panel.page.getByRole('radio', { name: 'Euclidean' }).isChecked());
  });

  it('is Euclidean if there is no causal one, and says why', async () => {
    const result = sampleResult(sampleConcepts(), { causal: false });
    panel = await openPanel(sampleState({ result }), { saved: { product: 'causal' } });
    const { page } = panel;
    assert.ok(await page.getByRole('radio', { name: 'Euclidean' }).isChecked());
    const causal = page.getByRole('radio', { name: 'Causal' });
    assert.ok(await causal.isDisabled());
    assert.match((await causal.locator('..').getAttribute('title'))!, /was not requested/);
  });

  it('says visibly why a requested one is missing', async () => {
    const causalProblem = 'The covariance of m.onnx is not positive definite; take a larger ridge.';
    const result = { ...sampleResult(sampleConcepts(), { causal: false }), causalProblem };
    panel = await openPanel(sampleState({ result }));
    assert.ok(await panel.page.getByText(causalProblem).isVisible());
  });

  it('comes with its ridge and the reason for it', async () => {
    const result = sampleResult(sampleConcepts(), { ridge: 0.0001 });
    panel = await openPanel(sampleState({ result }));
    await panel.page.getByTestId('details').locator('summary').click();
    const facts = (await panel.page.getByTestId('product-facts').innerText()).replaceAll('\u00a0', ' ');
    assert.match(facts, /ridge of 0\.01 % of the mean variance: The covariance of fewer tokens/);
  });
});
