import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseSimulation, simulationFileEnding } from '../../../src/protocol/simulationFile';
import { experimentOf } from '../../../src/simulator/experiments/experiments';
import { closeBrowser } from './browser';
import { sampleState } from './sampleState';
import { openPanel } from './webviewPage';

/*
 * The figures of docs/experiments.md, as the panel saves them:
 * `npx tsx test/webview/support/experimentFigures.ts docs/experiments/NAME.simulation.json…`
 */

async function main(files: readonly string[]): Promise<void> {
  for (const file of files) {
    const { name, outcome } = parseSimulation(readFileSync(file, 'utf8'), file);
    if (outcome.kind !== 'experiment') throw new Error(`${file} is not an experiment.`);
    const { finding } = experimentOf(outcome.result.experiment, outcome.result.size);
    const simulations = [{ id: 'x', name, file: null, outcome }];
    const panel = await openPanel(sampleState({ simulations }), { saved: { page: 'simulator' } });
    const menu = panel.page.getByTestId(`experiment-${finding.measure}`).locator('figure-menu');
    await menu.locator('.figure-menu-button').click();
    await menu.getByRole('menuitem', { name: /SVG/u }).first().click();
    const saved = (await panel.posted()).find((message) => message.type === 'saveFile');
    if (saved?.type !== 'saveFile') throw new Error(`The panel saved no figure of ${file}.`);
    const target = join(file, '..', `${basename(file, simulationFileEnding)}.svg`);
    writeFileSync(target, saved.file.content);
    await panel.close();
  }
  await closeBrowser();
}

void main(process.argv.slice(2));
