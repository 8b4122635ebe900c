import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { boundsText } from '../../../src/format/settingText';
import { settingLayout } from '../../../src/simulator/config/settingTable';
import { settingKeys, settingOf, type SettingKey } from '../../../src/simulator/config/simulationConfig';
import { sampleState } from '../support/sampleState';
import { savedSimulation } from '../support/sampleSimulations';
import { openPanel, settled, type WebviewPage } from '../support/webviewPage';

describe('the fields of the simulator’s settings', () => {
  let panel: WebviewPage | undefined;
  afterEach(async () => {
    assert.deepEqual(panel?.errors ?? [], [], 'the page has no errors and breaks no policy');
    await panel?.close();
  });

  const open = (simulator: object) =>
    openPanel(sampleState(), {
      width: 1000,
      saved: { page: 'simulator', simulator: { isOpen: true, ...simulator } },
    });
  /** The setting's field, or both fields of a range. */
  const idsOf = (key: SettingKey) => (settingOf(key).kind === 'range' ? [`${key}Low`, `${key}High`] : [key]);

  it('have the texts of the table of settings', async () => {
    panel = await open({});
    for (const key of settingKeys.filter((one) => one !== 'edges')) {
      const setting = settingOf(key);
      for (const id of idsOf(key)) {
        const field: Locator = panel.page.getByTestId(id);
        const shown = await field.evaluate((control) => {
          const explained = control.closest('[title]') ?? control.querySelector('[title]');
          const labelled = control.matches('fieldset, vscode-checkbox') ? control : control.closest('label');
          return {
            title: explained?.getAttribute('title') ?? '',
            label: labelled?.textContent ?? '',
            bounds: [control.getAttribute('min'), control.getAttribute('max')],
          };
        });
        assert.ok(shown.title.startsWith(setting.help), `${id}: ${shown.title}`);
        assert.ok(shown.label.includes(setting.label), `${id}: ${shown.label}`);
        const range = boundsText(setting);
        if (range !== null) assert.ok(shown.title.includes(`Range: ${range}.`), shown.title);
        if (!('bounds' in setting) || setting.bounds === null) continue;
        const [least, most] = setting.bounds;
        assert.deepEqual(shown.bounds, [String(least), most === '2^m' ? '' : String(most)], id);
      }
    }
  });

  it('are placed as in the layout', async () => {
    panel = await open({});
    const ids = await panel.page
      .getByTestId('settings')
      .locator('input[data-testid], select[data-testid], fieldset[data-testid], vscode-checkbox[data-testid]')
      .evaluateAll((controls) => controls.map((control) => control.getAttribute('data-testid')));
    const { main, world, training, trainingChoices } = settingLayout;
    const expected = [...main, ...world, ...training, ...trainingChoices].flatMap((key) =>
      key === 'seed' ? ['runs', key] : idsOf(key),
    );
    assert.deepEqual(ids, expected);
  });

  it('are disabled while another setting makes them ineffective', async () => {
    const disabled = () =>
      panel!.page
        .getByTestId('settings')
        .locator('input:disabled')
        .evaluateAll((controls) => controls.map((control) => control.getAttribute('data-testid')));
    panel = await open({});
    assert.deepEqual(await disabled(), ['hiddenWidth', 'momentum', 'initialScale']);
    await panel.close();
    const config = {
      optimizer: 'momentum',
      gradient: 'population',
      initialisation: 'normal',
      learner: 'hidden',
      edges: [[0, 1]],
    };
    panel = await open({ settings: { config } });
    assert.deepEqual(await disabled(), ['edgeProbability', 'batch']);
  });

  it('name the differences of two simulations', async () => {
    const kept = [
      savedSimulation('a', { masks: 6, bias: true, edges: [[0, 1]] }),
      savedSimulation('b', { dimension: 2, batch: 1000, gradient: 'population', conditionals: [0.1, 0.9] }),
    ];
    panel = await openPanel(sampleState({ simulations: kept }), { saved: { page: 'simulator' } });
    await panel.page.getByTestId('compare-with').selectOption({ label: 'Simulation b' });
    await settled(panel.page);
    const rows = await panel.page
      .getByTestId('differing-settings')
      .locator('tbody tr')
      .evaluateAll((lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent.trim())));
    assert.deepEqual(rows, [
      ['Dimension k', '3', '2'],
      ['Edges', '0 → 1', 'a random graph'],
      ['P(1)', '0.3 … 0.7', '0.1 … 0.9'],
      ['Masks', '6', 'all'],
      ['Bias', 'yes', 'no'],
      ['Gradient', 'Sampled', 'Exact'],
      ['Batch size', '100', '1,000'],
    ]);
  });
});
