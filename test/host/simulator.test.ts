import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import type { Workbench } from '../../scripts/workbench/workbench';
import { parseSimulation } from '../../src/protocol/simulationFile';
import { runSimulation } from '../../src/simulator/training/runSimulation';
import { exampleWindow } from './support/exampleInVsCode';

/** What a user does with the simulator, in a real VS Code with the packaged extension. */
describe('the simulator in VS Code', function () {
  let workbench: Workbench;

  exampleWindow(async (started) => {
    workbench = started;
    await workbench.openFile('the-two-thrones.md');
    await workbench.runCommand('Concept Probe: Focus on Concepts View');
  });

  const page = (): Promise<Frame> => workbench.webview('run-controls');
  const set = async (panel: Frame, id: string, value: string): Promise<void> => {
    await panel.getByTestId(id).fill(value);
  };
  const run = async (panel: Frame): Promise<void> => {
    await panel.getByTestId('run').click();
  };
  const ended = async (panel: Frame): Promise<void> => {
    await panel.getByTestId('run').waitFor();
  };
  const names = (panel: Frame): Promise<string[]> => panel.locator('[data-saved] .name').allInnerTexts();
  /** Number of simulator processes, identified by their bundle. */
  const processes = (): number => {
    const lines = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' }).split('\n');
    return lines.filter((line) => /concept-probe[^ ]*\/dist\/simulator\.js/u.test(line)).length;
  };

  it('opens from the palette, and trains when Run is pressed', async () => {
    await workbench.runCommand('Concept Probe: Show Simulator');
    const panel = await page();
    await set(panel, 'concepts', '4');
    await set(panel, 'steps', '20000');
    await run(panel);
    await ended(panel);
    const [name] = await workbench.waitFor('the simulation in the list', async () => {
      const all = await names(panel);
      return all.length === 1 && all;
    });
    assert.equal(name, 'm=4, sgd, 20,000 steps');
    await panel.getByTestId('simulated-numbers').waitFor();
  });

  it('saves a simulation in the workspace, where it can be reproduced exactly', async () => {
    const panel = await page();
    await panel.getByTestId('saved-rename').click();
    await workbench.typeQuickInput('four concepts');
    await panel.locator('[data-saved] .name', { hasText: 'four concepts' }).waitFor();
    await panel.getByTestId('saved-save').click();
    const target = join(workbench.workspace, 'four.simulation.json');
    await workbench.typePath(target);
    const text = await workbench.waitFor('the file', async () =>
      existsSync(target) ? readFile(target, 'utf8') : undefined,
    );
    const { name, outcome } = parseSimulation(text, target);
    assert.equal(name, 'four concepts');
    assert.ok(outcome.kind === 'simulation');
    assert.equal(runSimulation(outcome.result.config).ue, outcome.result.runs[0]!.ue);
    await panel.locator('.saved-file', { hasText: 'four.simulation.json' }).waitFor();
    assert.deepEqual(await names(panel), ['four concepts']);
  });

  it('exports tables and matrices', async () => {
    const panel = await page();
    for (const [action, expected] of [
      ['csv', 'simulation.curves.csv'],
      ['npy', 'f.npy'],
    ] as const) {
      const folder = join(workbench.workspace, action);
      await mkdir(folder);
      await panel.getByTestId(`saved-${action}`).click();
      await workbench.chooseFolder(folder, 'Export Here');
      await workbench.waitFor(expected, async () => (await readdir(folder)).includes(expected));
    }
  });

  it('pauses, resumes and stops a long run, which keeps its results', async () => {
    const panel = await page();
    await set(panel, 'steps', '100000000');
    await run(panel);
    await panel.getByTestId('pause').click();
    await panel.getByText(/Paused · /u).waitFor();
    const stepOf = async (): Promise<string> => panel.getByTestId('run-words').innerText();
    const paused = await stepOf();
    await workbench.page.waitForTimeout(400);
    assert.equal(await stepOf(), paused);
    await panel.getByTestId('resume').click();
    await workbench.waitFor('more steps', async () => (await stepOf()) !== paused);
    await panel.getByTestId('stop').click();
    await ended(panel);
    const [stopped] = await workbench.waitFor('the stopped run', async () => {
      const all = await names(panel);
      return all.length === 2 && all;
    });
    assert.match(stopped!, /^m=4, sgd, stopped at step [\d,]+ of 100,000,000$/u);
  });

  it('opens a saved simulation from its text, as it was at any of its steps', async () => {
    await workbench.openFile('four.simulation.json');
    assert.match(await workbench.editorText(), /"name": "four concepts",/u);
    await workbench.page.getByText('Open in Simulator', { exact: true }).first().click();
    const panel = await page();
    await panel.locator('[aria-current] .name', { hasText: 'four concepts' }).waitFor();
    await panel.getByTestId('moment-slider').press('Home');
    await panel.getByTestId('moment-step').getByText('0 of 20,000').waitFor();
    await panel.getByTestId('moment-slider').press('End');
    await panel.getByTestId('moment-step').getByText('20,000 of 20,000').waitFor();
  });

  it('explains an invalid setting, and continues when it is fixed', async () => {
    const panel = await page();
    await set(panel, 'concepts', '15');
    await panel.getByText(/from 1 to 14, not 15/u).waitFor();
    await set(panel, 'concepts', '3');
    await panel.getByText(/from 1 to 14/u).waitFor({ state: 'detached' });
  });

  it('checks the theorems from the palette', async () => {
    await workbench.runCommand('Concept Probe: Check Theorems');
    const panel = await page();
    await panel.getByTestId('theorems').waitFor();
  });

  it('reproduces a figure of the paper from the palette', async () => {
    await workbench.runAndPick(
      'Concept Probe: Reproduce a Table or Figure from the Paper…',
      'Figure 2: eight unembeddings in three dimensions, by the contexts that occur',
    );
    const panel = await page();
    await panel.getByTestId('preset-result').waitFor();
  });

  it('says in one sentence what is wrong with a file in the workspace', async () => {
    const newer = join(workbench.workspace, 'newer.simulation.json');
    const text = await readFile(join(workbench.workspace, 'four.simulation.json'), 'utf8');
    await writeFile(newer, text.replace('"version": 1', '"version": 2'));
    const panel = await page();
    await panel.getByText(/newer\.simulation\.json has version 2/u).waitFor();
    await rm(newer);
    await panel.getByText(/newer\.simulation\.json/u).waitFor({ state: 'detached' });
  });

  it('deletes simulations', async () => {
    const panel = await page();
    const before = (await names(panel)).length;
    await panel.locator('[data-saved] .saved-name').first().click();
    await panel.getByTestId('saved-delete').click();
    await workbench.page.locator('.monaco-dialog-box').getByRole('button', { name: 'Delete' }).click();
    await workbench.waitFor('one less', async () => (await names(panel)).length === before - 1);
  });

  it('stops when the panel is closed, and shows the last result when it is opened again', async () => {
    const panel = await page();
    await set(panel, 'steps', '100000000');
    await run(panel);
    await panel.getByTestId('pause').waitFor();
    await workbench.waitFor('the process', () => processes() > 0);
    const before = await names(panel);
    await workbench.page.locator('.tab', { hasText: 'Concept Probe' }).click();
    await workbench.runCommand('View: Close Editor');
    await workbench.waitFor('the process to end', () => processes() === 0);
    await workbench.runCommand('Concept Probe: Show Simulator');
    const again = await page();
    await workbench.waitFor('the list', async () => (await names(again)).join() === before.join());
    await ended(again);
  });

  it('shows the last result after a reload of the window', async () => {
    const before = await names(await page());
    await workbench.page.evaluate(() => {
      document.body.setAttribute('data-before', '');
    });
    await workbench.runCommand('Developer: Reload Window');
    await workbench.page.locator('body:not([data-before]) .monaco-workbench').waitFor();
    const panel = await workbench.webview('run-controls');
    await workbench.waitFor('the list', async () => (await names(panel)).join() === before.join());
  });
});
