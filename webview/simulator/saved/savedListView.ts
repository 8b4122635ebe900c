import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../../src/format/isolated';
import type { PanelState } from '../../../src/protocol/panelMessages';
import type { KeptSimulation } from '../../../src/protocol/simulationMessages';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { keptActionsView } from './savedActionsView';
import { outcomeWords } from './savedWords';
import { lookedAt, type LookedAt } from '../runs/lookedAt';

/** What was simulated, newest first; one of them is looked at. */
export function keptListView(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  const looked = lookedAt(state, ui);
  const choose = chooserOf(ui, actions);
  return html`<section class="kept" aria-labelledby="kept-title">
    <h2 id="kept-title">Simulations</h2>
    <ul data-testid="kept">
      ${
        state.simulator.task
          ? html`<li class=${looked.kind === 'live' ? 'chosen' : ''}>
              <button
                class="kept-name"
                data-testid="kept-live"
                aria-current=${looked.kind === 'live' ? 'true' : nothing}
                @click=${() => {
                  choose({ looked: null, compared: null });
                }}
              >
                <span class="name">Running now</span>
                <span class="kept-words">${state.simulator.progress?.message ?? 'Starting'}</span>
              </button>
            </li>`
          : nothing
      }
      ${state.simulations.map((kept) => itemView(kept, looked, state, ui, actions))}
    </ul>
  </section>`;
}

function itemView(
  kept: KeptSimulation,
  looked: LookedAt,
  { simulations }: PanelState,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const isChosen = looked.kind === 'kept' && looked.kept.id === kept.id;
  const isCompared = looked.kind === 'kept' && looked.compared?.id === kept.id;
  return html`<li class=${isChosen ? 'chosen' : ''} data-kept=${kept.id}>
    <button
      class="kept-name"
      aria-current=${isChosen ? 'true' : nothing}
      title=${isolated(kept.name)}
      @click=${() => {
        chooserOf(ui, actions)({ looked: kept.id, compared: null });
      }}
    >
      <span class="name">${isolated(kept.name)}</span>
      <span class="kept-words">${isCompared ? 'compared · ' : ''}${outcomeWords(kept.outcome)}</span>
      ${kept.file === null ? nothing : html`<span class="kept-words kept-file">${kept.file}</span>`}
    </button>
    ${isChosen ? keptActionsView(kept, simulations, ui, actions) : nothing}
  </li>`;
}
