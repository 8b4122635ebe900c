import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PanelState } from '../../../src/protocol/panelMessages';
import { sampleState } from './sampleState';
import {
  savedExperiment,
  savedPreset,
  savedSimulation,
  savedTheorems,
  liveRuns,
  running,
} from './sampleSimulations';
import { darkTheme, highContrastTheme, lightTheme } from './themes';
import { closeBrowser } from './browser';
import { openPanel, settled } from './webviewPage';

/* Screenshots of the Simulator page for visual checks: `npx tsx test/webview/support/simulatorScreenshots.ts FOLDER`. */

async function main(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const live = liveRuns(60, { concepts: 6, steps: 60_000 }).at(-30)!;
  const saved = [
    savedSimulation('b', { concepts: 3, steps: 20_000, curvePoints: 100 }, 6, {
      file: 'cube.simulation.json',
    }),
    savedSimulation('a', { concepts: 4, steps: 40_000, curvePoints: 100 }, 1),
    savedSimulation('c', { concepts: 3, optimizer: 'adam', learningRate: 0.001, steps: 20_000 }, 3),
  ];
  const states: Record<string, readonly [state: PanelState, simulator?: object]> = {
    before: [sampleState({ result: null })],
    more: [sampleState({ result: null }), { isOpen: true, isMoral: true }],
    live: [sampleState({ simulator: running(live), simulations: saved })],
    after: [sampleState({ simulations: saved })],
    four: [sampleState({ simulations: saved, result: null }), { looked: 'a' }],
    compare: [sampleState({ simulations: saved }), { looked: 'b', compared: 'c' }],
    table: [sampleState({ simulations: [savedPreset('t', 'table1', 800, 3), ...saved] })],
    fig2: [sampleState({ simulations: [savedPreset('t', 'fig2', 20_000, 1), ...saved] })],
    fig5: [sampleState({ simulations: [savedPreset('t', 'fig5', 3000, 1), ...saved] })],
    fig7: [sampleState({ simulations: [savedPreset('t', 'fig7', 3000, 1), ...saved] })],
    experiment: [
      sampleState({ simulations: [savedExperiment('t', { steps: 3000 }), ...saved] }),
      { isExperimenting: true },
    ],
    theorems: [sampleState({ simulations: [savedTheorems('t'), ...saved] })],
  };
  const themes = { light: lightTheme, dark: darkTheme, contrast: highContrastTheme };
  const only = process.argv[3]?.split(',');
  for (const [name, [state, simulator]] of Object.entries(states)) {
    for (const [themeName, theme] of Object.entries(themes)) {
      if (themeName !== 'light' && !['before', 'live', 'after'].includes(name)) continue;
      for (const width of [480, 1200]) {
        const full = `${name}-${themeName}-${width}`;
        if (only && !only.some((part) => full.includes(part))) continue;
        const panel = await openPanel(state, { theme, width, saved: { page: 'simulator', simulator } });
        await settled(panel.page);
        await panel.page.screenshot({ path: join(folder, `${full}.png`), fullPage: true });
        for (const error of panel.errors) console.error(`${full}: ${error}`);
        await panel.close();
      }
    }
  }
  await closeBrowser();
}

void main(process.argv[2] ?? 'dist/simulator-screenshots');
