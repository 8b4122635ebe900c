import assert from 'node:assert/strict';
import { emptySimulatorState } from '../../../src/protocol/simulationMessages';
import { meanAt } from '../../../src/simulator/experiments/experimentPoints';
import { findingOf } from '../../../src/simulator/experiments/findingOf';
import { tooltip } from '../support/chartDriver';
import { liveRuns, running, savedExperiment } from '../support/sampleSimulations';
import { sampleState } from '../support/sampleState';
import { openPanel, type WebviewPage } from '../support/webviewPage';

describe('experiments', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });
  const saved = savedExperiment('x');
  const result = saved.outcome.kind === 'experiment' ? saved.outcome.result : assert.fail();
  const field = (id: string) => panel!.page.getByTestId(id);

  it('are behind a disclosure, and run quickly or in full', async () => {
    panel = await openPanel(sampleState({ simulations: [] }), { saved: { page: 'simulator' } });
    assert.equal(await field('experiment').count(), 0);
    await field('experiments').locator('summary').click();
    assert.match(await field('experiment-question').innerText(), /With how few dimensions k/u);
    await field('experiment-size').locator('input[value=full]').check();
    await field('experiment-run').click();
    const tasks = (await panel.posted()).flatMap((one) => (one.type === 'simulate' ? [one.task] : []));
    const changes = { seed: 0, runs: null, steps: null };
    assert.deepEqual(tasks, [{ kind: 'experiment', experiment: 'dimension', size: 'full', ...changes }]);
    const kept = await panel.saved();
    await panel.close();
    panel = await openPanel(sampleState({ simulations: [] }), { saved: kept });
    assert.ok(await field('experiment-size').locator('input[value=full]').isChecked());
  });

  it('show the run in progress, and can be stopped', async () => {
    const task = { kind: 'experiment', experiment: 'dimension', size: 'quick', seed: 0, runs: null } as const;
    const state = running(liveRuns(1)[0]!, { task: { ...task, steps: null } });
    const simulator = { ...emptySimulatorState, ...state };
    panel = await openPanel(sampleState({ simulator }), { saved: { page: 'simulator' } });
    assert.match(await field('stage').innerText(), /Dimension: how many dimensions/u);
    await field('stop').click();
    const actions = (await panel.posted()).flatMap((one) => (one.type === 'simulation' ? [one.action] : []));
    assert.deepEqual(actions, ['stop']);
  });

  it('show the finding, a chart of each measure with its numbers, and every point', async () => {
    panel = await openPanel(sampleState({ simulations: [saved] }), { saved: { page: 'simulator' } });
    assert.ok((await field('experiment-finding').innerText()).endsWith(findingOf(result).sentence));
    for (const measure of ['u', 'e', 'ue', 'excess'] as const) {
      const figure = field(`experiment-${measure}`);
      assert.equal(await figure.locator('canvas').count(), 1);
      assert.match(await figure.locator('.line-legend').innerText(), /m=3\s*m=4\s*m=5\s*m=6/u);
    }
    const point = result.points.find(({ line, x }) => line === 'm=4' && x === 5)!;
    const { mean, standardError } = meanAt(point, 'u');
    const shown = `${mean.toFixed(3).replace('-', '−')} ± ${standardError.toFixed(3)}`;
    const cell = field('experiment-table').locator('[data-line="m=4"][data-x="5"] [data-measure=u]');
    assert.equal(await cell.innerText(), shown);
    await field('experiment-u').locator('probe-picture').focus();
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight'])
      await panel.page.keyboard.press(key);
    const lines = await tooltip(panel.page, 'experiment-u');
    assert.equal(lines[0], 'k = 5');
    assert.equal(lines[2], `m=4: ${shown}`);
    await panel.page.setViewportSize({ width: 320, height: 900 });
    assert.ok((await panel.page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
  });

  it('save a figure with its error bars and its data', async () => {
    panel = await openPanel(sampleState({ simulations: [saved] }), { saved: { page: 'simulator' } });
    const menu = field('experiment-u').locator('figure-menu');
    await menu.locator('.figure-menu-button').click();
    await menu.getByRole('menuitem', { name: /SVG/u }).first().click();
    await menu.locator('.figure-menu-button').click();
    await menu.getByRole('menuitem', { name: /CSV/u }).first().click();
    const files = (await panel.posted()).flatMap((one) => (one.type === 'saveFile' ? [one.file] : []));
    assert.deepEqual(
      files.map(({ name }) => name),
      ['experiment.dimension.u.svg', 'experiment.dimension.u.csv'],
    );
    const [svg, data] = files.map(({ content }) => String(content));
    assert.match(svg!, /Dimension k/u);
    // Those with one x less: a line of two ends for each point.
    assert.ok(svg!.split('<path').length > result.points.length);
    assert.match(data!, /^k,m=3,m=3 SE,m=4,/u);
    assert.equal(data!.trim().split('\r\n').length, 1 + 8);
  });
});
