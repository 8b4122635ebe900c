import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import type { PanelState } from '../../../src/protocol/panelMessages';
import type { SimulatorState } from '../../../src/protocol/simulationMessages';
import { experimentTitle } from '../../../src/simulator/experiments/experiments';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { presetTitles } from '../paper/presetTitles';
import { runsView } from './runsView';
import { nothingYet, shownOfLive, type ShownRuns } from './shownRuns';

/** The current state of the first run of the running task. */
export function liveView(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  const { task, progress } = state.simulator;
  if (task?.kind === 'theorems')
    return html`<section data-testid="live">
      <h2>${t('Checking the theorems')}</h2>
      <p class="lead">${progress?.message ?? t('Starting')}</p>
    </section>`;
  const title = titleOf(state.simulator);
  return runsView({ shown: shownNow(state), title, result: null }, state, ui, actions);
}

/** Keeps the last state between two runs; a new task has no progress yet. */
let last: ShownRuns | undefined;

function shownNow({ simulator: { task, progress } }: PanelState): ShownRuns {
  if (!progress) last = undefined;
  else if (progress.live) last = shownOfLive(progress.live);
  return last ?? nothingYet(task?.kind === 'simulation' ? task.config : defaultSimulation);
}

function titleOf({ task, isPaused }: SimulatorState): string {
  if (task?.kind === 'preset') return presetTitles[task.preset];
  if (task?.kind === 'experiment') return experimentTitle(task.experiment);
  return runningWords(isPaused);
}

/** The name of a task that is not done. */
export function runningWords(isPaused: boolean): string {
  return isPaused ? t('Paused') : t('Running now');
}
