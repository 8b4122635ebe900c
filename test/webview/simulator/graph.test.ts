import assert from 'node:assert/strict';
import { randomSource } from '../../../src/geometry/random';
import { drawGraph } from '../../../src/simulator/world/graph';
import { simulatorStreams } from '../../../src/simulator/world/streams';
import { sampleState } from '../support/sampleState';
import { openPanel, type WebviewPage } from '../support/webviewPage';

describe('the graph of the Simulator page', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const open = (config: object) =>
    openPanel(sampleState(), { saved: { page: 'simulator', simulator: { settings: { config } } } });
  const edges = () =>
    panel!.page
      .locator('[data-edge]')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-edge')));
  const node = (concept: number) => panel!.page.locator(`[data-node="${concept}"]`);
  const words = () => panel!.page.locator('.graph-words').innerText();

  it('is the one that a run with the seed uses', async () => {
    panel = await open({ concepts: 6, seed: 3 });
    const { parents } = drawGraph(6, 0.5, randomSource(3, simulatorStreams.graph));
    const expected = parents.flatMap((list, to) => list.map((from) => `${from}-${to}`));
    assert.deepEqual(await edges(), expected);
    await panel.page.getByTestId('seed').fill('4');
    assert.notDeepEqual(await edges(), expected);
    await panel.page.getByTestId('concepts').fill('14');
    assert.equal(await panel.page.locator('[data-node]').count(), 14);
  });

  it('is drawn by clicking two concepts, and runs as drawn', async () => {
    panel = await open({ concepts: 3, edges: [] });
    await node(0).click();
    assert.match(await words(), /Choose where the edge from C0 leads/);
    await node(2).click();
    assert.deepEqual(await edges(), ['0-2']);
    await node(2).focus();
    await panel.page.keyboard.press('Enter');
    await node(1).focus();
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await edges(), ['2-1', '0-2']);
    await panel.page.getByTestId('run').click();
    const posted = (await panel.posted()).at(-1);
    assert.ok(posted?.type === 'simulate' && posted.task.kind === 'simulation');
    assert.deepEqual(posted.task.config.edges, [
      [0, 2],
      [2, 1],
    ]);
    await node(0).click();
    await node(2).click();
    assert.deepEqual(await edges(), ['2-1'], 'an edge that is there goes');
    await panel.page.getByTestId('random-graph').click();
    assert.match(await words(), /Drawn from the seed/);
    assert.equal(await panel.page.getByTestId('random-graph').count(), 0);
  });

  it('rejects a cycle with a sentence', async () => {
    panel = await open({
      concepts: 3,
      edges: [
        [0, 1],
        [1, 2],
      ],
    });
    await node(2).click();
    await node(0).click();
    assert.match(await words(), /Refused: The edges close a cycle: .*→/);
    assert.deepEqual(await edges(), ['0-1', '1-2']);
  });

  it('keeps edges while the number of concepts is typed', async () => {
    panel = await open({ concepts: 12, edges: [[0, 11]] });
    await panel.page.getByTestId('concepts').fill('1');
    assert.deepEqual(await edges(), []);
    await panel.page.getByTestId('concepts').fill('12');
    assert.deepEqual(await edges(), ['0-11']);
  });

  it('connects the parents of a child on demand', async () => {
    panel = await open({
      concepts: 3,
      edges: [
        [0, 2],
        [1, 2],
      ],
    });
    assert.equal(await panel.page.locator('line.moral').count(), 0);
    await panel.page.getByTestId('moral').click();
    assert.equal(await panel.page.locator('line.moral').count(), 1);
  });
});
