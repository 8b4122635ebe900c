import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../../src/format/isolated';
import type { SavedAction } from '../../../src/protocol/panelMessages';
import type { SavedSimulation } from '../../../src/protocol/simulationMessages';
import type { Actions } from '../../state/actions';
import { selectView } from '../../controls/choices';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { canCompare } from '../runs/lookedAt';
import { settingsOf } from '../settings/settings';

const labels: Readonly<Record<SavedAction, readonly [label: string, title: string]>> = {
  rename: [t('Rename'), t('Renames the simulation')],
  save: [t('Save'), t('Saves the simulation in the workspace as a *.simulation.json file')],
  open: [t('Open File'), t('Opens the simulation’s file in the editor')],
  delete: [t('Delete'), t('Deletes the simulation; a file in the workspace is moved to the trash')],
  json: ['JSON', t('Exports everything, including what is needed to repeat the simulation')],
  csv: ['CSV', t('Exports the numbers and curves as tables')],
  npy: ['NPY', t('Repeats the first run and exports its tables f and g')],
};

/** The actions on the selected simulation. */
export function savedActionsView(
  saved: SavedSimulation,
  all: readonly SavedSimulation[],
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { outcome } = saved;
  const button = (action: SavedAction) =>
    html`<button
      class="link"
      data-testid="saved-${action}"
      title=${labels[action][1]}
      @click=${() => {
        actions.post?.({ type: 'savedSimulation', id: saved.id, action });
      }}
    >
      ${labels[action][0]}
    </button>`;
  return html`<div class="saved-actions">
    <p class="saved-buttons">
      ${button('rename')} ${button(saved.file === null ? 'save' : 'open')} ${button('json')} ${button('csv')}
      ${outcome.kind === 'simulation' ? button('npy') : nothing}
    </p>
    <p class="saved-buttons">
      ${
        outcome.kind === 'simulation'
          ? html`<button
              class="link"
              data-testid="use-settings"
              title=${t('Copies this simulation’s settings to the settings form')}
              @click=${() => {
                const settings = settingsOf(outcome.result.config, outcome.result.runs.length);
                chooserOf(ui, actions)({ settings, edgeFrom: null, edgeProblem: null });
              }}
            >
              ${t('Use These Settings')}
            </button>`
          : nothing
      }
      ${button('delete')}
    </p>
    ${outcome.kind === 'simulation' ? compareChoice(saved, all, ui, actions) : nothing}
  </div>`;
}

function compareChoice(
  saved: SavedSimulation,
  all: readonly SavedSimulation[],
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const others = all.filter((other) => canCompare(saved, other));
  if (others.length === 0) return nothing;
  const chosen = others.find(({ id }) => id === ui.simulator.compared)?.id ?? '';
  return selectView({
    id: 'compare-with',
    label: t('Compare with'),
    choices: [
      { value: '', label: t('none') },
      ...others.map(({ id, name }) => ({ value: id, label: isolated(name) })),
    ],
    chosen,
    choose: (id) => {
      // The selected simulation stays selected while another is chosen to compare with.
      chooserOf(ui, actions)({ looked: saved.id, compared: id === '' ? null : id });
    },
  });
}
