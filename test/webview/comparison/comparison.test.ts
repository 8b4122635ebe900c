import assert from 'node:assert/strict';
import { formatCosine } from '../../../src/format/numbers';
import { signed } from '../../../webview/geometry/signed';
import { sampleComparison } from '../../support/sampleComparison';
import { sampleConcepts, sampleResult, sampleState } from '../support/sampleState';
import { openPanel, openReport, type WebviewPage } from '../support/webviewPage';

describe('the comparison of two models', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const other = (options = {}) =>
    sampleComparison(
      sampleResult(sampleConcepts()),
      sampleResult(sampleConcepts(), { seed: 8, model: { file: 'onnx/model_quantized.onnx' }, ...options }),
    );

  it('shows the numbers of both side by side, with their difference', async () => {
    const state = sampleState({ comparison: other() });
    panel = await openPanel(state);
    const { page } = panel;
    const view = page.getByTestId('comparison');
    assert.match(await view.innerText(), /onnx\/model\.onnx.*onnx\/model_quantized\.onnx/s);
    const cells = async () =>
      (await view.locator('tr[data-concept="male ⇒ female"] td').allInnerTexts()).map((cell) => cell.trim());
    const expected = (product: 'causal' | 'euclidean') => {
      const [a, b] = [state.result!, state.comparison!.second].map(({ concepts }) => concepts[0]![product]!);
      const change = b!.leaveOneOut.mean! - a!.leaveOneOut.mean!;
      return [a!.leaveOneOut.mean!, b!.leaveOneOut.mean!, change].map((value, index) =>
        index === 2 ? signed(value) : formatCosine(value),
      );
    };
    const [keptA, keptB, ...rest] = await cells();
    assert.deepEqual([keptA, keptB, rest[4]], ['11', '11', '11']);
    assert.deepEqual(rest.slice(0, 3), expected('causal'));
    const { interval } = state.comparison!.common.concepts[0]!.causal!.leaveOneOut;
    assert.equal(rest[3], `${formatCosine(interval!.low)} … ${formatCosine(interval!.high)}`);
    await page.getByRole('radio', { name: 'Euclidean' }).check();
    assert.deepEqual((await cells()).slice(2, 5), expected('euclidean'));
    assert.equal(await view.locator('tfoot tr').count(), 2);
    await page.getByTestId('close-comparison').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'close', view: 'comparison' });
  });

  it('names the largest difference', async () => {
    const state = sampleState({ comparison: other() });
    panel = await openPanel(state);
    const means = (result: typeof state.result) =>
      result!.concepts.map(({ causal }) => causal!.leaveOneOut.mean!);
    const [a, b] = [means(state.result), means(state.comparison!.second)];
    const changes = a.map((value, index) => Math.abs(b[index]! - value));
    const most = changes.indexOf(Math.max(...changes));
    const text = await panel.page.getByTestId('comparison-summary').innerText();
    assert.ok(
      text.startsWith(
        `The mean leave-one-out cosine differs most in ${state.result!.concepts[most]!.name}: ` +
          `${formatCosine(a[most]!)} in A, ${formatCosine(b[most]!)} in B`,
      ),
      text,
    );
  });

  it('falls back to the Euclidean inner product, and shows concepts that only one has', async () => {
    const second = sampleResult(sampleConcepts().slice(1), { causal: false, statistics: false });
    const state = sampleState();
    panel = await openPanel({ ...state, comparison: sampleComparison(state.result!, second) });
    const text = await panel.page.getByTestId('comparison').innerText();
    assert.match(text, /Only one of the two has the causal inner product/);
    const cells = panel.page.getByTestId('comparison').locator('tr[data-concept="male ⇒ female"] td');
    assert.equal((await cells.nth(1).innerText()).trim(), '–');
  });

  it('compares the pairs that both keep, and says if some are missing', async () => {
    const state = sampleState({ comparison: other() });
    const { second, common } = state.comparison!;
    const [first, ...rest] = common.concepts;
    const fewer = {
      ...first!,
      pairs: 3,
      causal: {
        ...first!.causal!,
        leaveOneOut: { first: 0.25, second: -0.5, difference: -0.75, interval: null },
      },
    };
    const comparison = { second, common: { ...common, concepts: [fewer, ...rest] } };
    panel = await openPanel({ ...state, comparison });
    const view = panel.page.getByTestId('comparison');
    const cells = (await view.locator('tr[data-concept="male ⇒ female"] td').allInnerTexts()).map((text) =>
      text.trim(),
    );
    assert.deepEqual(cells.slice(0, 7), ['11', '11', '0.25', '−0.50', '−0.750', '–', '3']);
    assert.match(
      await panel.page.getByTestId('comparison-summary').innerText(),
      /0\.25 in A, −0\.50 in B \(−0\.750\);.* Of 1 concept the two keep different pairs: only those that both keep/u,
    );
  });

  it('is included in a report, without a button', async () => {
    panel = await openReport(sampleState({ comparison: other() }));
    assert.ok(await panel.page.getByTestId('comparison-table').isVisible());
    assert.equal(await panel.page.getByTestId('close-comparison').count(), 0);
  });
});
