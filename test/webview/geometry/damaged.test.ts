import assert from 'node:assert/strict';
import { pack } from '../../../src/protocol/packed';
import type { FromPanel, PanelState } from '../../../src/protocol/panelMessages';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { sampleComparison } from '../../support/sampleComparison';
import { savedSimulation } from '../support/sampleSimulations';
import { sampleState } from '../support/sampleState';
import { sampleVocabulary } from '../support/sampleVocabulary';
import { openPanel, openReport, type WebviewPage } from '../support/webviewPage';

/** The result without the numbers of one array, as when a message had too many buffers. */
function shortened({ result }: PanelState): ProbeResult {
  const [first, ...others] = result!.concepts;
  const causal = { ...first!.causal!, withDirection: new Float64Array(0) };
  return { ...result!, concepts: [{ ...first!, causal }, ...others] };
}

describe('damaged data', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], []);
    await panel?.close();
  });

  const alert = () => panel!.page.getByRole('alert').innerText();
  const reasons = async () =>
    (await panel!.posted()).filter(
      (message): message is Extract<FromPanel, { type: 'damaged' }> => message.type === 'damaged',
    );

  it('is reported instead of shown, logged, and forgotten when it arrives intact', async () => {
    const state = sampleState();
    panel = await openPanel({ ...state, result: shortened(state) });
    const { page } = panel;
    assert.match(await alert(), /The result arrived damaged and is not shown; retry, or see the log\./u);
    for (const id of ['overview', 'directions-map', 'empty', 'skeleton'])
      assert.equal(await page.getByTestId(id).count(), 0, id);
    const [reason] = await reasons();
    assert.match(
      reason!.reason,
      /“male ⇒ female”, causal: cosines with the direction: expected \d+, found 0/u,
    );
    await page.getByTestId('retry').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'retry' });
    await panel.send({ progress: { message: 'Starting', fraction: null } });
    assert.match(await alert(), /damaged/u);
    await panel.send({ progress: null, result: state.result });
    assert.equal(await page.getByRole('alert').count(), 0);
    assert.ok(await page.getByTestId('overview').isVisible());
  });

  it('does not affect the rest: a comparison, a vocabulary', async () => {
    const state = sampleState();
    const vocabulary = sampleVocabulary(state.result!, 'male ⇒ female', null, { tokens: 32_000 });
    const comparison = sampleComparison(state.result!, state.result!);
    const damaged = { ...comparison, second: shortened(state) };
    panel = await openPanel({ ...state, comparison: damaged, vocabulary });
    const { page } = panel;
    assert.match(await alert(), /The comparison arrived damaged/u);
    assert.equal(await page.getByTestId('comparison').count(), 0);
    assert.ok(await page.getByTestId('vocabulary').isVisible());
    await panel.send({
      comparison,
      vocabulary: { ...vocabulary, pieces: vocabulary.pieces.slice(1) },
    });
    assert.match(await alert(), /The vocabulary arrived damaged/u);
    assert.equal(await page.getByTestId('vocabulary').count(), 0);
    assert.ok(await page.getByTestId('comparison').isVisible());
    assert.ok(await page.getByTestId('overview').isVisible());
  });

  it('can be a simulation', async () => {
    const whole = savedSimulation('a');
    assert.ok(whole.outcome.kind === 'simulation');
    const { result } = whole.outcome;
    const runs = result.runs.map((run) => ({ ...run, maps: { ...run.maps, unembedding: [] } }));
    const broken = { ...whole, outcome: { ...whole.outcome, result: { ...result, runs } } };
    panel = await openPanel(sampleState({ simulations: [broken] }), { saved: { page: 'simulator' } });
    assert.match(await alert(), /The list of simulations arrived damaged/u);
    assert.match((await reasons())[0]!.reason, /simulation: a map: expected \d+, found 0/u);
    await panel.page.getByTestId('retry').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'ready' });
    await panel.send({ simulations: [whole] });
    assert.equal(await panel.page.getByRole('alert').count(), 0);
  });

  it('can be a message whose numbers are not those that were sent', async () => {
    panel = await openPanel(sampleState());
    const packed = pack({ type: 'state', state: { conceptFile: 'other.concepts.json' } });
    await panel.sendAsIs({ ...packed, buffer: null });
    assert.match(await alert(), /The result arrived damaged/u);
    assert.equal(await panel.page.getByTestId('overview').count(), 0);
    assert.match((await reasons())[0]!.reason, /do not have the 0 bytes that were sent/u);
    await panel.page.getByTestId('retry').click();
    assert.deepEqual((await panel.posted()).at(-1), { type: 'ready' });
    await panel.send(sampleState());
    assert.equal(await panel.page.getByRole('alert').count(), 0);
  });

  it('can be a report that was truncated or changed', async () => {
    const state = sampleState();
    panel = await openReport({ ...state, result: shortened(state) });
    assert.match(await alert(), /The result arrived damaged and is not shown; export the report again\./u);
    assert.equal(await panel.page.getByTestId('overview').count(), 0);
    assert.equal(await panel.page.locator('vscode-button').count(), 0);
  });
});
