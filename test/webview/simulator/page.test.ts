import assert from 'node:assert/strict';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { sampleState } from '../support/sampleState';
import { savedSimulation } from '../support/sampleSimulations';
import { openPanel, openReport, settled, type WebviewPage } from '../support/webviewPage';

describe('the Simulator page and its settings', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const open = (simulator?: object) =>
    openPanel(sampleState(), { width: 1000, saved: { page: 'simulator', simulator } });
  /** The last request to the host. */
  const lastPosted = async () => (await panel!.posted()).at(-1);
  const field = (id: string) => panel!.page.getByTestId(id);

  it('is opened by mouse, by keyboard and by the extension, and is remembered', async () => {
    panel = await openPanel(sampleState());
    const { page } = panel;
    const isShown = async (name: 'geometry' | 'simulator') => {
      await settled(page);
      assert.equal(await page.getByTestId(`tab-${name}`).getAttribute('aria-selected'), 'true');
      assert.equal(await page.getByTestId('overview').count(), name === 'geometry' ? 1 : 0);
      assert.equal(await page.getByTestId('settings').count(), name === 'simulator' ? 1 : 0);
      assert.equal(await page.getByRole('tabpanel').getAttribute('aria-labelledby'), `tab-${name}`);
    };
    await isShown('geometry');
    await page.getByTestId('tab-simulator').click();
    await isShown('simulator');
    await page.keyboard.press('ArrowLeft');
    await isShown('geometry');
    await page.keyboard.press('End');
    await isShown('simulator');
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'tab-simulator');
    await panel.sendRaw({ type: 'show', page: 'geometry' });
    await isShown('geometry');
    await panel.sendRaw({ type: 'show', page: 'attic' });
    await isShown('geometry');
    await page.evaluate(() => {
      scrollTo(0, 300);
    });
    await panel.sendRaw({ type: 'show', page: 'simulator' });
    await isShown('simulator');
    assert.equal(await page.evaluate(() => scrollY), 0);
    const saved = await panel.saved();
    await panel.close();
    panel = await openPanel(sampleState(), { saved });
    assert.equal(await panel.page.getByTestId('tab-simulator').getAttribute('aria-selected'), 'true');
  });

  it('is not included in a report', async () => {
    panel = await openReport(sampleState({ simulations: [savedSimulation('a')] }));
    assert.equal(await panel.page.getByRole('tab').count(), 0);
    assert.equal(await panel.page.locator('h1').innerText(), 'Geometry');
    assert.equal(await panel.page.getByTestId('settings').count(), 0);
  });

  it('describes before the first run what will appear, and runs the current settings', async () => {
    panel = await open();
    assert.match(await field('intro').innerText(), /Change the number of concepts, press Run, and watch/);
    assert.equal(await field('run-words').innerText(), '8 tokens, 27 contexts');
    await field('run-first').click();
    const posted = await lastPosted();
    assert.ok(posted?.type === 'simulate' && posted.task.kind === 'simulation');
    const { config, runs } = posted.task;
    assert.deepEqual(
      [config.concepts, config.dimension, config.steps, config.optimizer, config.learningRate, config.seed],
      [3, null, 20_000, 'sgd', 0.1, 0],
    );
    assert.equal(runs, 1);
    await field('seed').fill('2');
    await field('seed').press('Enter');
    const again = await lastPosted();
    assert.ok(again?.type === 'simulate' && again.task.kind === 'simulation');
    assert.equal(again.task.config.seed, 2, 'Enter in a field runs too');
  });

  it('posts every setting, with steps that depend on the concepts until they are set', async () => {
    panel = await open({ isOpen: true });
    await field('concepts').fill('5');
    assert.equal(await field('steps').inputValue(), '60000');
    await field('steps').fill('7000');
    await field('concepts').fill('4');
    assert.equal(await field('steps').inputValue(), '7000');
    await field('optimizer').selectOption('adam');
    assert.equal(await field('learningRate').inputValue(), '0.001');
    for (const [id, value] of Object.entries({
      dimension: '3',
      runs: '2',
      seed: '11',
      edgeProbability: '0.25',
      conditionalsLow: '0.2',
      conditionalsHigh: '0.9',
      maskRate: '0.4',
      masks: '6',
      tokens: '12',
      batch: '50',
      curvePoints: '30',
    }))
      await field(id).fill(value);
    await field('initialisation').selectOption('normal');
    await field('initialScale').fill('0.02');
    await field('gradient').getByLabel('Exact').check();
    await field('bias').click();
    await field('includeSelf').click();
    await field('run').click();
    assert.deepEqual(await lastPosted(), {
      type: 'simulate',
      task: {
        kind: 'simulation',
        runs: 2,
        config: {
          ...defaultSimulation,
          concepts: 4,
          dimension: 3,
          edgeProbability: 0.25,
          edges: null,
          conditionals: [0.2, 0.9],
          maskRate: 0.4,
          masks: 6,
          tokens: 12,
          contexts: null,
          bias: true,
          gradient: 'population',
          optimizer: 'adam',
          learningRate: 0.001,
          momentum: 0.9,
          batch: 50,
          initialisation: 'normal',
          initialScale: 0.02,
          steps: 7000,
          curvePoints: 30,
          includeSelf: true,
          seed: 11,
        },
      },
    });
    await field('defaults').click();
    assert.equal(await field('concepts').inputValue(), '3');
    assert.equal(await field('steps').inputValue(), '20000');
  });

  it('reads contexts as they are typed', async () => {
    panel = await open({ isOpen: true });
    await field('contexts').pressSequentially('0**, 1**');
    assert.equal(await field('contexts').inputValue(), '0**, 1**', 'what is typed stays');
    await field('run').click();
    const posted = await lastPosted();
    assert.ok(posted?.type === 'simulate' && posted.task.kind === 'simulation');
    assert.deepEqual(posted.task.config.contexts, ['0⋄⋄', '1⋄⋄']);
  });

  it('does not change what the user is typing', async () => {
    panel = await open();
    await field('learningRate').fill('');
    await field('learningRate').pressSequentially('0.050');
    assert.equal(await field('learningRate').inputValue(), '0.050');
    await field('run').click();
    const posted = await lastPosted();
    assert.ok(posted?.type === 'simulate' && posted.task.kind === 'simulation');
    assert.equal(posted.task.config.learningRate, 0.05);
  });

  it('says in one sentence why settings cannot run, and does not run them', async () => {
    panel = await open({ isOpen: true });
    const before = (await panel.posted()).length;
    for (const [id, value, sentence] of [
      ['concepts', '15', /The number of concepts needs a whole number from 1 to 14, not 15\./],
      ['concepts', '', /The number of concepts needs a whole number from 1 to 14; its field is empty\./],
      ['dimension', '9', /A dimension of 9 is more than the 8 tokens of 3 concepts\./],
      ['learningRate', '-1', /The learning rate needs a number from 0 to 1000, not -1\./],
      ['runs', '0', /The number of runs needs a whole number from 1 to 1000, not 0\./],
      ['contexts', '0*', /The context “0⋄” has 2 entries, not one for each of 3 concepts\./],
    ] as const) {
      await field(id).fill(value);
      assert.match(await field('run-words').innerText(), sentence);
      await field('run').click({ force: true });
      await field('defaults').click();
    }
    await field('concepts').fill('14');
    await field('dimension').fill('64');
    assert.match(await field('run-words').innerText(), /MB of memory, more than the limit of 1,024 MB/);
    assert.equal((await panel.posted()).length, before);
  });

  it('keeps settings, and resets those that it cannot read', async () => {
    panel = await open({
      settings: {
        config: {
          concepts: 6,
          optimizer: 'magic',
          edges: [
            [0, 1],
            [1, 0],
          ],
        },
        runs: 'many',
      },
    });
    assert.equal(await field('concepts').inputValue(), '6');
    assert.equal(await field('optimizer').inputValue(), 'sgd');
    assert.equal(await field('runs').inputValue(), '1');
    await field('seed').fill('5');
    const saved = await panel.saved();
    await panel.close();
    panel = await openPanel(sampleState(), { saved });
    assert.equal(await field('seed').inputValue(), '5');
  });

  it('explains every setting on hover, and names every control', async () => {
    panel = await open({ isOpen: true });
    const unnamed = await panel.page.getByTestId('settings').evaluate((settings) =>
      [...settings.querySelectorAll('input, select')]
        .filter((control) => {
          const label = control.closest('label');
          const explained = control.closest('[title]')?.getAttribute('title') ?? '';
          return !label?.textContent.trim() || explained.length < 20;
        })
        .map((control) => control.getAttribute('data-testid')),
    );
    assert.deepEqual(unnamed, []);
  });

  it('fits widths from 320 to 1400 pixels', async () => {
    const saved = [
      savedSimulation('a', { concepts: 4 }),
      savedSimulation('b', {}, 3, { file: 'a/long/way/down/to.simulation.json' }),
    ];
    panel = await openPanel(sampleState({ simulations: saved }), {
      saved: { page: 'simulator', simulator: { isOpen: true } },
    });
    const { page } = panel;
    for (const width of [320, 480, 640, 860, 1100, 1400]) {
      await page.setViewportSize({ width, height: 900 });
      await settled(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      assert.ok(wide <= width, `${wide} within ${width}`);
    }
  });
});
