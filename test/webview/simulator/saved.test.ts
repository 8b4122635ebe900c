import assert from 'node:assert/strict';
import { tableValues } from '../support/chartDriver';
import { savedPreset, savedSimulation, savedTheorems } from '../support/sampleSimulations';
import { sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('saved simulations', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const a = savedSimulation('a', {}, 3);
  const b = savedSimulation('b', { optimizer: 'adam', learningRate: 0.001 }, 2, {
    file: 'b.simulation.json',
  });
  const open = (simulations = [a, b], simulator?: object) =>
    openPanel(sampleState({ simulations }), { width: 1200, saved: { page: 'simulator', simulator } });
  const field = (id: string) => panel!.page.getByTestId(id);
  const choose = (id: string) => panel!.page.locator(`[data-saved="${id}"] .saved-name`).click();

  it('are in a list with the newest displayed, each with its actions', async () => {
    panel = await open();
    assert.equal(await field('saved').locator('[aria-current]').locator('.name').innerText(), 'Simulation a');
    for (const action of ['rename', 'save', 'json', 'csv', 'npy', 'delete'])
      await field(`saved-${action}`).click();
    await choose('b');
    assert.match(await field('saved').innerText(), /b\.simulation\.json/);
    assert.equal(await field('saved-save').count(), 0);
    await field('saved-open').click();
    const asked = (await panel.posted()).flatMap((message) =>
      message.type === 'savedSimulation' ? [`${message.id} ${message.action}`] : [],
    );
    assert.deepEqual(asked, ['a rename', 'a save', 'a json', 'a csv', 'a npy', 'a delete', 'b open']);
    const saved = await panel.saved();
    await panel.close();
    panel = await openPanel(sampleState({ simulations: [a, b] }), { saved });
    assert.equal(await field('saved').locator('[aria-current]').locator('.name').innerText(), 'Simulation b');
  });

  it('show means with standard errors, thin lines of every run and their mean', async () => {
    panel = await open();
    const { mean, standardError } = a.outcome.kind === 'simulation' ? a.outcome.result : assert.fail();
    const numbers = (await field('simulated-numbers').innerText()).replaceAll('\u00a0', ' ');
    assert.ok(numbers.includes(mean.u.toFixed(3)), numbers);
    assert.ok(numbers.includes(`± ${standardError.e.toFixed(3)}, 3 runs`), numbers);
    const values = await tableValues(panel.page, 'simulated-map');
    const runs = a.outcome.kind === 'simulation' ? a.outcome.result.runs : [];
    const expected = runs.reduce((sum, { maps }) => sum + maps.unembedding[1]![2]!, 0) / 3;
    assert.ok(Math.abs(Number(values.get('C1 | C2')) - expected) < 1e-12);
  });

  it('are seen as they were at each step, with the slider and with keys', async () => {
    const alone = savedSimulation('alone');
    panel = await open([alone, a]);
    const [run] = alone.outcome.kind === 'simulation' ? alone.outcome.result.runs : [];
    const moment = run!.moments![2]!;
    const slider = field('moment-slider');
    assert.equal(await field('moment-step').innerText(), '4,000 of 4,000');
    await slider.press('Home');
    await slider.press('ArrowRight');
    await slider.press('ArrowRight');
    assert.equal(await field('moment-step').innerText(), '400 of 4,000');
    assert.equal(await slider.getAttribute('aria-valuetext'), 'step 400 of 4,000');
    const point = run!.curve.find(({ step }) => step === moment.step)!;
    assert.ok((await field('simulated-numbers').innerText()).includes(point.u.toFixed(3)));
    assert.match(await field('now-loss').innerText(), new RegExp(point.loss.toFixed(3)));
    const map = await tableValues(panel.page, 'simulated-map');
    assert.equal(map.get('C0 | C1'), String(moment.maps.unembedding[0]![1]));
    const points = await tableValues(panel.page, 'points');
    assert.equal(points.get('000 | g0'), String(moment.unembeddings![0]![0]));
    await choose('a');
    assert.equal(await field('moment').count(), 0, 'several runs have no moments');
    await choose('alone');
    assert.equal(await field('moment-step').innerText(), '4,000 of 4,000');
  });

  it('say in which settings they differ from the next run, and how far they came', async () => {
    const { outcome } = savedSimulation('s', { seed: 3 });
    assert.ok(outcome.kind === 'simulation');
    const result = { ...outcome.result, planned: { steps: 20_000, runs: 1 } };
    const stopped = { id: 's', name: 's', file: null, outcome: { ...outcome, result } };
    panel = await open([stopped]);
    assert.match(await field('shown-runs').locator('.facts').innerText(), /stopped at step 4,000 of 20,000/);
    const words = await field('other-settings').innerText();
    assert.match(words, /^For the next run\. The simulation shown here has .*Seed 3/);
    assert.doesNotMatch(words, /Runs|Optimizer/);
    await field('use-shown-settings').click();
    assert.equal(await field('seed').inputValue(), '3');
    assert.equal(await field('steps').inputValue(), '20000');
    assert.equal(await field('other-settings').count(), 0);
  });

  it('give their settings to the next run', async () => {
    panel = await open([b]);
    await field('use-settings').click();
    assert.equal(await field('optimizer').inputValue(), 'adam');
    assert.equal(await field('steps').inputValue(), '4000');
    assert.equal(await field('runs').inputValue(), '2');
  });

  it('are compared: different settings, numbers, curves and maps', async () => {
    panel = await open();
    await field('compare-with').selectOption({ label: 'Simulation b' });
    await settled(panel.page);
    const settings = await field('differing-settings').innerText();
    assert.match(settings, /Optimizer\s+SGD\s+Adam/);
    assert.match(settings, /Runs\s+3\s+2/);
    assert.doesNotMatch(settings, /Concepts/);
    const row = await field('compared-numbers').locator('[data-measure=u]').innerText();
    assert.match(row, /U\s+[−\d.]+ ± [\d.]+\s+[−\d.]+ ± [\d.]+\s+[+−\d.]+ ± [\d.]+/);
    for (const id of ['compared-U', 'compared-loss', 'map-a', 'map-b'])
      assert.equal(await field(id).locator('canvas').count(), 1, id);
    await panel.page.setViewportSize({ width: 320, height: 900 });
    assert.ok((await panel.page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
    await field('compare-with').selectOption('');
    assert.equal(await field('compare').count(), 0);
    assert.ok(await field('shown-runs').isVisible());
  });

  it('of other losses and learners say so, and their losses are not subtracted', async () => {
    const change = { loss: 'squared', learner: 'hidden', hiddenWidth: 8, tied: true } as const;
    const other = savedSimulation('other', { ...change, steps: 100 });
    panel = await open([other, a], { looked: 'other' });
    const page = await field('shown-runs').innerText();
    assert.match(page, /squared loss[\s·]+hidden layer of 8 ReLU units[\s·]+tied weights/);
    assert.doesNotMatch(page, /in nats|entropy floor/);
    await field('compare-with').selectOption({ label: 'Simulation a' });
    assert.match(await field('differing-settings').innerText(), /Loss\s+Squared\s+Softmax/);
    assert.match(await field('compared-numbers').innerText(), /Loss\s+[\d.]+\s+[\d.]+\s+–/);
  });

  it('are shown next to the model’s map, on the same scale', async () => {
    panel = await open();
    const state = sampleState();
    const { euclidean, causal } = state.result!.directions;
    const model = await tableValues(panel.page, 'model-map');
    assert.equal(model.get('male ⇒ female | present ⇒ past'), String(euclidean.differenceCosine.data[1]));
    assert.match(
      await field('model-map').innerText(),
      /stories-llama2, n.=.60 pairs of 6 concepts, Euclidean/,
    );
    await panel.page.getByTestId('model-product').getByLabel('Causal').check();
    await settled(panel.page);
    const other = await tableValues(panel.page, 'model-map');
    assert.equal(other.get('male ⇒ female | present ⇒ past'), String(causal!.differenceCosine.data[1]));
    assert.equal(await field('stage').locator('.legend').count(), 1);
    await panel.send(sampleState({ result: null, simulations: [a] }));
    assert.match(await field('no-model').innerText(), /probe two or more concepts/);
    await field('no-model').getByRole('button').click();
    assert.equal(await field('tab-geometry').getAttribute('aria-selected'), 'true');
  });

  it('show a dash for an undefined number', async () => {
    const contexts = savedSimulation('c', { contexts: ['0⋄⋄', '1⋄⋄'] });
    panel = await open([contexts]);
    await panel.page.getByLabel('Embedding', { exact: true }).check();
    await settled(panel.page);
    assert.match(await field('simulated-numbers').innerText(), /–/);
    assert.equal((await tableValues(panel.page, 'simulated-map')).get('C1 | C1'), '');
  });

  it('are shown even if the training diverged', async () => {
    panel = await open([
      savedSimulation('x', { learningRate: 1000, steps: 400 }),
      savedSimulation('y', { steps: 0 }),
    ]);
    assert.ok(await field('curve-loss').locator('canvas').isVisible());
    await choose('y');
    assert.ok(await field('curve-loss').locator('canvas').isVisible());
  });

  it('have names for every control and image of the page', async () => {
    panel = await open();
    const unnamed = await panel.page.locator('#page').evaluate((root) =>
      [...root.querySelectorAll('button, input, select, [tabindex], [role=img], [role=progressbar]')]
        .filter((element) => !element.matches('.chart-scroll'))
        .filter((element) => {
          const label = element.closest('label')?.textContent ?? '';
          const name = `${element.getAttribute('aria-label') ?? ''}${element.textContent}${label}`;
          return name.trim() === '';
        })
        .map((element) => element.outerHTML.slice(0, 120)),
    );
    assert.deepEqual(unnamed, []);
  });

  it('reproduce the paper’s tables next to its numbers', async () => {
    const saved = savedPreset('t', 'table1');
    panel = await open([saved]);
    assert.match(
      await field('preset-summary').innerText(),
      /of 15 numbers are within 2 combined standard errors/,
    );
    const row = (await field('preset-table').locator('[data-row="m=7"][data-measure=ue]').innerText()).trim();
    assert.match(row, /^UE\s+[−\d.]+ ± [\d.]+\s+0\.981 ± 0\.003\s+−0\.9\d\d\s+−[\d.]+ apart$/);
    assert.equal(await field('preset-table').locator('tbody tr').count(), 15);
  });

  it('reproduce figures: clusters in space, equal losses, the heat map', async () => {
    panel = await open([savedPreset('2', 'fig2', 2000, 1)]);
    assert.equal(await field('clusters').locator('point-space').count(), 3);
    assert.match(await field('clusters').innerText(), /2 groups.*4 groups.*8 groups/s);
    await panel.send(sampleState({ simulations: [savedPreset('5', 'fig5', 400, 1)] }));
    assert.equal(await field('equal-loss').locator('tbody tr').count(), 6);
    assert.match(await field('equal-loss').innerText(), /2\.35\s+never/);
    assert.equal(await field('curve-measures').locator('canvas').count(), 1);
    await panel.send(sampleState({ simulations: [savedPreset('7', 'fig7', 400, 1)] }));
    assert.match(await field('map-summary').innerText(), /Paper\s+0\.87 to 0\.98\s+−0\.04 to 0\.07\s+0\.016/);
    assert.equal(await field('preset-map').locator('canvas').count(), 1);
  });

  it('request presets and theorems, and describe the results of the theorems', async () => {
    panel = await open([savedTheorems('t')], { settings: { config: { seed: 9 } } });
    await field('preset').selectOption({ index: 3 });
    await panel.page.getByLabel('Full').check();
    await field('reproduce').click();
    await field('theorems-run').click();
    assert.deepEqual(
      (await panel.posted()).flatMap((message) => (message.type === 'simulate' ? [message.task] : [])),
      [
        { kind: 'preset', preset: 'table4', quick: false, seed: 9, runs: null, steps: null },
        { kind: 'theorems', seed: 9 },
      ],
    );
    assert.equal(await panel.page.locator('[data-theorem="Theorem 12"] .verdict').innerText(), '✓ holds');
    assert.equal(
      await panel.page.locator('[data-theorem="Theorem 3"] .verdict').innerText(),
      '✗ does not hold',
    );
  });
});
