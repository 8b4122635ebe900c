import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDuration } from '../../../src/format/duration';
import { TimeLeft } from '../../../src/format/timeLeft';
import { formatCount } from '../../../src/format/numbers';
import type {
  SimulationAction,
  SimulationTask,
  SimulatorState,
} from '../../../src/protocol/simulationMessages';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { configOf, problemOf } from '../settings/settings';
import { formatSpeed } from './formatProgress';
import { worldWords } from '../settings/configWords';

/** Run, or Pause and Stop while a task is running, with a line of progress below whose space is always reserved. */
export function runControlsView(
  { task, isPaused, progress, problem }: SimulatorState,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const sentence = problemOf(ui.simulator.settings).sentence;
  const fraction = progress?.fraction ?? 0;
  return html`<div class="run-controls" data-testid="run-controls">
    <div class="buttons">${task ? workingButtons(task, isPaused, actions) : runButton(ui, actions)}</div>
    <div
      class="run-bar"
      role="progressbar"
      aria-label=${t('Training')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${Math.round(100 * fraction)}
      ?data-idle=${task === null}
    >
      <div class="run-bar-done" .style=${`width: ${(100 * fraction).toFixed(2)}%`}></div>
    </div>
    <p
      class="run-words ${(sentence ?? problem) !== null && !task ? 'invalid' : ''}"
      role=${task ? nothing : 'status'}
      data-testid="run-words"
    >
      ${task ? progressText(progress, isPaused) : (sentence ?? problem ?? worldWords(configOf(ui.simulator.settings)))}
    </p>
  </div>`;
}

/** Runs the settings and shows the new task. */
export function runButton(ui: UiState, actions: Actions, id = 'run'): TemplateResult {
  return html`<vscode-button
    class="run"
    data-testid=${id}
    ?disabled=${problemOf(ui.simulator.settings).sentence !== null}
    @click=${() => {
      run(ui, actions);
    }}
    >${t('Run')}</vscode-button
  >`;
}

/** Does nothing if the settings are invalid. */
export function run(ui: UiState, actions: Actions): void {
  const { settings } = ui.simulator;
  if (problemOf(settings).sentence !== null) return;
  start({ kind: 'simulation', config: configOf(settings), runs: settings.runs }, ui, actions);
}

/** Starts a task and shows it instead of the selected simulation. */
export function start(task: SimulationTask, ui: UiState, actions: Actions): void {
  chooserOf(ui, actions)({ looked: null, compared: null, moment: null, edgeFrom: null, edgeProblem: null });
  actions.post?.({ type: 'simulate', task });
}

function workingButtons({ kind }: SimulationTask, isPaused: boolean, { post }: Actions): TemplateResult {
  const button = (action: SimulationAction, label: string) =>
    html`<vscode-button
      appearance="secondary"
      class="run"
      data-testid=${action}
      @click=${() => {
        post?.({ type: 'simulation', action });
      }}
      >${label}</vscode-button
    >`;
  // The theorems' experiments take a moment each.
  const pause =
    kind === 'theorems' ? nothing : isPaused ? button('resume', t('Resume')) : button('pause', t('Pause'));
  return html`${pause} ${button('stop', t('Stop'))}`;
}

/** Of the running task, if it has several runs; alone, a run has its own speed. */
const timeLeft = new TimeLeft();

function progressText(progress: SimulatorState['progress'], isPaused: boolean): string {
  const left = timeLeft.after(isPaused ? null : (progress?.fraction ?? null), performance.now() / 1000);
  if (!progress) return t('Starting');
  const { message, fraction, runs, finishedRuns, live } = progress;
  const parts = [isPaused ? t('Paused') : message, `${Math.floor(100 * fraction)}\u00a0%`];
  if (runs > 1) parts.push(t`${formatCount(finishedRuns)} of ${formatCount(runs)} runs done`);
  if (live && runs === 1) parts.push(t`step ${formatCount(live.step)} of ${formatCount(live.config.steps)}`);
  if (live && live.stepsPerSecond > 0) {
    parts.push(formatSpeed(live.stepsPerSecond));
    const own = (live.config.steps - live.step) / live.stepsPerSecond;
    if (runs === 1 && own > 2) parts.push(t`${formatDuration(own)} left`);
  }
  if (runs > 1 && left !== undefined && left > 2) parts.push(t`${formatDuration(left)} left`);
  return parts.join(' · ');
}
