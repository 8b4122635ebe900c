import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../src/format/numbers';
import { settingText } from '../../../src/format/settingText';
import type { PanelState } from '../../../src/protocol/panelMessages';
import { settingKeys, settingOf } from '../../../src/simulator/config/simulationConfig';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { lookedAt } from '../runs/lookedAt';
import { chooserOf } from './chooser';
import { configOf, settingsOf, type Settings } from './settings';

/** Says in which settings the simulation on the stage differs from those of the next run; nothing if they are the same. */
export function otherSettingsView(
  state: PanelState,
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const shown = settingsShown(state, ui);
  const others = shown ? differences(shown, ui.simulator.settings) : [];
  if (!shown || others.length === 0) return nothing;
  return html`<p class="note" data-testid="other-settings">
    ${t`For the next run. The simulation shown here has ${others.join(', ')}.`}
    <button
      class="link"
      data-testid="use-shown-settings"
      title=${t('Copies the settings of the simulation that is shown')}
      @click=${() => {
        chooserOf(ui, actions)({ settings: shown, edgeFrom: null, edgeProblem: null });
      }}
    >
      ${t('Use Its Settings')}
    </button>
  </p>`;
}

/** The settings that the simulation on the stage was started with. */
function settingsShown(state: PanelState, ui: UiState): Settings | undefined {
  const looked = lookedAt(state, ui);
  const { task } = state.simulator;
  if (looked.kind === 'live')
    return task?.kind === 'simulation' ? settingsOf(task.config, task.runs) : undefined;
  if (looked.kind === 'nothing' || looked.saved.outcome.kind !== 'simulation') return undefined;
  const { config, runs, planned } = looked.saved.outcome.result;
  return settingsOf({ ...config, steps: planned?.steps ?? config.steps }, planned?.runs ?? runs.length);
}

function differences(shown: Settings, next: Settings): readonly string[] {
  const [a, b] = [configOf(shown), configOf(next)];
  const differing = settingKeys.filter((key) => settingText(key, a) !== settingText(key, b));
  const runs = shown.runs === next.runs ? [] : [t`Runs ${formatCount(shown.runs)}`];
  return [...differing.map((key) => `${settingOf(key).label} ${settingText(key, a)}`), ...runs];
}
