import assert from 'node:assert/strict';
import { emptySimulatorState } from '../../../src/protocol/simulationMessages';
import { encodeState } from '../support/encodeState';
import { tableValues, tooltip } from '../support/chartDriver';
import { savedSimulation, liveRuns, running } from '../support/sampleSimulations';
import { sampleState } from '../support/sampleState';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('a run on the Simulator page', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const open = (state = sampleState(), simulator?: object) =>
    openPanel(state, { width: 1200, height: 1000, saved: { page: 'simulator', simulator } });
  const field = (id: string) => panel!.page.getByTestId(id);
  /** The content of a canvas as one string. */
  const painted = (id: string) =>
    field(id)
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const pointsAt = () =>
    panel!.page
      .locator('point-space circle')
      .evaluateAll((all) =>
        all.map((one) => `${one.getAttribute('cx')!},${one.getAttribute('cy')!}`).join(' '),
      );

  it('is shown while it runs: curves, heat map, tokens in space and numbers', async () => {
    const [early, late] = liveRuns(2);
    panel = await open();
    await panel.send(sampleState({ simulator: running(early!) }));
    const ids = ['simulated-map', 'curve-measures', 'curve-loss', 'curve-norms'];
    const look = async () => [await pointsAt(), ...(await Promise.all(ids.map(painted)))];
    const before = await look();
    assert.match(
      await field('now-measures').innerText(),
      new RegExp(`U\\s+${early!.curve.at(-1)!.u.toFixed(3)}`),
    );
    assert.equal(await panel.page.locator('point-space circle').count(), 8);
    await panel.send(sampleState({ simulator: running(late!) }));
    const now = await look();
    before.forEach((picture, at) => {
      assert.notEqual(picture, now[at], `${['points', ...ids][at]!} changed`);
    });
    assert.match(await field('run-words').innerText(), /step 2,666 of 4,000 · 41,000 steps\/s/);
    assert.equal(await field('run-controls').getByRole('progressbar').getAttribute('aria-valuenow'), '67');
    const values = await tableValues(panel.page, 'simulated-map');
    assert.equal(values.get('C0 | C1'), String(late!.maps.unembedding[0]![1]));
    await panel.page.getByLabel('Across').check();
    await settled(panel.page);
    assert.equal(
      (await tableValues(panel.page, 'simulated-map')).get('C2 | C0'),
      String(late!.maps.cross[2]![0]),
    );
  });

  it('keeps the layout from before the first snapshot to the end', async () => {
    const [live] = liveRuns(1);
    panel = await open(sampleState({ simulator: running(null), simulations: [] }));
    const parts = [
      'run-controls',
      'graph',
      'simulated-numbers',
      'points',
      'simulated-map',
      'model-map',
      'curve-loss',
    ];
    const boxes = async () => {
      await settled(panel!.page);
      const all = await Promise.all(
        parts.map(async (id) => {
          const box = await field(id).boundingBox();
          return box && [id, box.x, box.y, box.height];
        }),
      );
      return all;
    };
    const before = await boxes();
    assert.ok(
      before.every((box) => box !== null),
      'everything has its place before there is anything to show',
    );
    await panel.send(sampleState({ simulator: running(live!) }));
    assert.deepEqual(await boxes(), before);
    await panel.send(sampleState({ simulator: running(live!, { isPaused: true }) }));
    assert.deepEqual(await boxes(), before);
    await panel.send(sampleState({ simulator: emptySimulatorState, simulations: [savedSimulation('new')] }));
    const after = await boxes();
    assert.deepEqual(after, before);
  });

  it('is paused, resumed and stopped', async () => {
    const [live] = liveRuns(1);
    panel = await open(sampleState({ simulator: running(live!), simulations: [savedSimulation('old')] }));
    assert.equal(await field('run').count(), 0);
    await field('pause').click();
    const paused = running(live!, { isPaused: true });
    await panel.send(sampleState({ simulator: paused, simulations: [savedSimulation('old')] }));
    assert.match(await field('run-words').innerText(), /^Paused/);
    assert.equal(await field('shown-runs').locator('h2').first().innerText(), 'Paused');
    assert.match(await field('saved-live').innerText(), /^Paused/);
    await field('resume').click();
    await field('stop').click();
    const actions = (await panel.posted()).flatMap((message) =>
      message.type === 'simulation' ? [message.action] : [],
    );
    assert.deepEqual(actions, ['pause', 'resume', 'stop']);
    await panel.send(sampleState({ simulator: { ...emptySimulatorState, problem: 'The process ended.' } }));
    assert.equal(await field('run-words').innerText(), 'The process ended.');
    assert.ok(await field('run').isVisible());
  });

  it('is displayed when it ends, whatever was displayed before', async () => {
    const old = savedSimulation('old');
    const [live] = liveRuns(1);
    panel = await open(sampleState({ simulator: running(live!), simulations: [old] }));
    const title = () => panel!.page.getByTestId('shown-runs').locator('h2').first().innerText();
    assert.equal(await title(), 'Running now');
    await panel.page.locator('[data-saved=old] .saved-name').click();
    assert.equal(await title(), 'Simulation old');
    await panel.page.getByTestId('saved-live').click();
    assert.equal(await title(), 'Running now');
    await panel.page.locator('[data-saved=old] .saved-name').click();
    await panel.send(sampleState({ simulations: [savedSimulation('new'), old] }));
    assert.equal(await title(), 'Simulation new');
    await panel.page.locator('[data-saved=old] .saved-name').click();
    await panel.send(sampleState({ simulator: running(live!), simulations: [old] }));
    assert.equal(await title(), 'Running now', 'and so is what begins');
  });

  it('applies twelve messages a second, each drawn once', async () => {
    const lives = liveRuns(36, { concepts: 5 });
    panel = await open(sampleState({ simulator: running(lives[0]!) }));
    const messages = lives.map((live) => encodeState({ type: 'state', state: { simulator: running(live) } }));
    const applied = await panel.page.evaluate(async (all) => {
      const canvas = document.querySelector<HTMLCanvasElement>('[data-testid=curve-measures] canvas')!;
      const seen: string[] = [];
      const pictures = new Set<string>();
      for (const json of all) {
        (window as unknown as { receive: (message: unknown) => void }).receive(JSON.parse(json));
        await new Promise((resolve) => setTimeout(resolve, 1000 / 12));
        seen.push(document.querySelector('[data-testid=now-measures]')!.textContent);
        pictures.add(canvas.toDataURL());
      }
      return { numbers: new Set(seen).size, pictures: pictures.size, isSame: canvas.isConnected };
    }, messages);
    assert.ok(applied.numbers >= 30, `${applied.numbers} different numbers of 36`);
    assert.ok(applied.pictures >= 30, `${applied.pictures} different pictures of 36`);
    assert.ok(applied.isSame, 'the canvas is never recreated');
    assert.equal(await panel.page.getByTestId('curve-measures').locator('canvas').count(), 1);
  });

  it('shows values along its curves on hover and by keyboard, for all concepts or for one', async () => {
    const live = liveRuns(4)[3]!;
    panel = await open(sampleState({ simulator: running(live) }));
    const { page } = panel;
    const last = live.curve.at(-1)!;
    await field('curve-measures').locator('probe-picture').focus();
    await page.keyboard.press('End');
    assert.deepEqual(await tooltip(page, 'curve-measures'), [
      `Step ${last.step.toLocaleString('en-US')}`,
      ...(['u', 'e', 'ue'] as const).map((name) => `${name.toUpperCase()} ${last[name].toFixed(3)}`),
    ]);
    await field('curves-of').selectOption('C1');
    await settled(page);
    assert.match(await field('now-measures').innerText(), new RegExp(last.perConcept.u[1]!.toFixed(3)));
    await field('logarithmic').click();
    await settled(page);
    const box = (await field('curve-loss').locator('canvas').boundingBox())!;
    await page.mouse.move(box.x + box.width - 20, box.y + 40);
    assert.match((await tooltip(page, 'curve-loss')).join(' '), /^Step 3,200 loss \d\.\d{3}$/);
  });

  it('rotates the tokens in space by dragging and with the arrow keys', async () => {
    panel = await open(sampleState({ simulator: running(liveRuns(1)[0]!) }));
    const { page } = panel;
    const space = page.locator('point-space');
    const places = [await pointsAt()];
    const moved = async (what: string) => {
      await settled(page);
      const now = await pointsAt();
      assert.notEqual(now, places.at(-1), what);
      places.push(now);
    };
    const box = (await space.boundingBox())!;
    await page.mouse.move(box.x + 100, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 140, box.y + 110, { steps: 4 });
    await page.mouse.up();
    await moved('dragging turns');
    await space.focus();
    await page.keyboard.press('ArrowRight');
    await moved('keys turn');
    await page.keyboard.press('Home');
    await moved('Home turns back');
    assert.equal(places[3], places[0]);
    const labels = await space.locator('text').allTextContents();
    assert.deepEqual(labels.sort(), ['000', '001', '010', '011', '100', '101', '110', '111']);
    assert.equal(await space.locator('line').count(), 12);
  });
});
