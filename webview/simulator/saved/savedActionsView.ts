import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../../src/format/isolated';
import type { KeptAction } from '../../../src/protocol/panelMessages';
import type { KeptSimulation } from '../../../src/protocol/simulationMessages';
import type { Actions } from '../../state/actions';
import { selectView } from '../../controls/choices';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { canCompare } from '../runs/lookedAt';
import { settingsOf } from '../settings/settings';

const labels: Readonly<Record<KeptAction, readonly [label: string, title: string]>> = {
  rename: ['Rename', 'Gives it another name'],
  save: ['Save', 'Saves it in the workspace as a *.simulation.json file'],
  open: ['Open File', 'Opens its file in the editor'],
  delete: ['Delete', 'Deletes it; a saved file goes to the trash'],
  json: ['JSON', 'Exports everything, with what is needed to repeat it'],
  csv: ['CSV', 'Exports its numbers and curves as tables'],
  npy: ['NPY', 'Exports the tables f and g of the first run, which is done again for them'],
};

/** What can be done with the simulation that is looked at. */
export function keptActionsView(
  kept: KeptSimulation,
  all: readonly KeptSimulation[],
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { outcome } = kept;
  const button = (action: KeptAction) =>
    html`<button
      class="link"
      data-testid="kept-${action}"
      title=${labels[action][1]}
      @click=${() => {
        actions.post?.({ type: 'keptSimulation', id: kept.id, action });
      }}
    >
      ${labels[action][0]}
    </button>`;
  return html`<div class="kept-actions">
    <p class="kept-buttons">
      ${button('rename')} ${button(kept.file === null ? 'save' : 'open')} ${button('json')} ${button('csv')}
      ${outcome.kind === 'simulation' ? button('npy') : nothing}
    </p>
    <p class="kept-buttons">
      ${
        outcome.kind === 'simulation'
          ? html`<button
              class="link"
              data-testid="use-settings"
              title="Copies what it was made with into the settings"
              @click=${() => {
                const settings = settingsOf(outcome.result.config, outcome.result.runs.length);
                chooserOf(ui, actions)({ settings, edgeFrom: null, edgeProblem: null });
              }}
            >
              Use These Settings
            </button>`
          : nothing
      }
      ${button('delete')}
    </p>
    ${outcome.kind === 'simulation' ? compareChoice(kept, all, ui, actions) : nothing}
  </div>`;
}

function compareChoice(
  kept: KeptSimulation,
  all: readonly KeptSimulation[],
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const others = all.filter((other) => canCompare(kept, other));
  if (others.length === 0) return nothing;
  const chosen = others.find(({ id }) => id === ui.simulator.compared)?.id ?? '';
  return selectView({
    id: 'compare-with',
    label: 'Compare with',
    choices: [
      { value: '', label: 'none' },
      ...others.map(({ id, name }) => ({ value: id, label: isolated(name) })),
    ],
    chosen,
    choose: (id) => {
      // What is looked at stays so while another is chosen beside it.
      chooserOf(ui, actions)({ looked: kept.id, compared: id === '' ? null : id });
    },
  });
}
