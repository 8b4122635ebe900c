import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../../src/format/isolated';
import type { PanelState } from '../../../src/protocol/panelMessages';
import type { SavedSimulation } from '../../../src/protocol/simulationMessages';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { savedActionsView } from './savedActionsView';
import { outcomeText } from './outcomeText';
import { runningWords } from '../runs/liveView';
import { lookedAt, type LookedAt } from '../runs/lookedAt';

/** The list of simulations, newest first, one of which is selected. */
export function savedListView(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  const looked = lookedAt(state, ui);
  const choose = chooserOf(ui, actions);
  return html`<section class="saved" aria-labelledby="saved-title">
    <h2 id="saved-title">${t('Simulations')}</h2>
    <ul data-testid="saved">
      ${
        state.simulator.task
          ? html`<li class=${looked.kind === 'live' ? 'chosen' : ''}>
              <button
                class="saved-name"
                data-testid="saved-live"
                aria-current=${looked.kind === 'live' ? 'true' : nothing}
                @click=${() => {
                  choose({ looked: null, compared: null, moment: null });
                }}
              >
                <span class="name">${runningWords(state.simulator.isPaused)}</span>
                <span class="saved-text">${state.simulator.progress?.message ?? t('Starting')}</span>
              </button>
            </li>`
          : nothing
      }
      ${state.simulations.map((saved) => itemView(saved, looked, state, ui, actions))}
    </ul>
  </section>`;
}

function itemView(
  saved: SavedSimulation,
  looked: LookedAt,
  { simulations }: PanelState,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const isChosen = looked.kind === 'saved' && looked.saved.id === saved.id;
  const isCompared = looked.kind === 'saved' && looked.compared?.id === saved.id;
  return html`<li class=${isChosen ? 'chosen' : ''} data-saved=${saved.id}>
    <button
      class="saved-name"
      aria-current=${isChosen ? 'true' : nothing}
      title=${isolated(saved.name)}
      @click=${() => {
        chooserOf(ui, actions)({ looked: saved.id, compared: null, moment: null });
      }}
    >
      <span class="name">${isolated(saved.name)}</span>
      <span class="saved-text"
        >${isCompared ? t`compared · ${outcomeText(saved.outcome)}` : outcomeText(saved.outcome)}</span
      >
      ${saved.file === null ? nothing : html`<span class="saved-text saved-file">${saved.file}</span>`}
    </button>
    ${isChosen ? savedActionsView(saved, simulations, ui, actions) : nothing}
  </li>`;
}
