import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { experimentsView } from './experiments/experimentsView';
import { graphView } from './settings/graphView';
import { introView } from './runs/introView';
import { savedListView } from './saved/savedListView';
import { liveView } from './runs/liveView';
import { lookedAt } from './runs/lookedAt';
import { outcomeView } from './runs/outcomeView';
import { reproduceView } from './paper/reproduceView';
import { run, runControlsView } from './runs/runControlsView';
import { settingsView } from './settings/settingsView';

/** Trains geometry from scratch: the settings, and the results next to or below them. */
export function simulatorPage(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  return html`<div class="simulator">
    <div class="controls">
      <section
        class="settings"
        data-testid="settings"
        @keydown=${(event: KeyboardEvent) => {
          const isField = event.target instanceof HTMLInputElement;
          if (event.key === 'Enter' && isField && state.simulator.task === null) run(ui, actions);
        }}
      >
        ${settingsView(state, ui, actions)}
      </section>
      ${runControlsView(state.simulator, ui, actions)}
    </div>
    <div class="stage" data-testid="stage">${stageView(state, ui, actions)}</div>
    ${graphView(ui, actions)}
    <div class="controls lists">
      ${reproduceView(state.simulator, ui, actions)} ${experimentsView(state.simulator, ui, actions)}
      ${state.simulations.length > 0 ? savedListView(state, ui, actions) : nothing}
    </div>
  </div>`;
}

function stageView(state: PanelState, ui: UiState, actions: Actions): TemplateResult {
  const looked = lookedAt(state, ui);
  switch (looked.kind) {
    case 'nothing':
      return introView(ui, actions);
    case 'live':
      return liveView(state, ui, actions);
    case 'saved':
      return outcomeView(looked.saved, looked.compared, state, ui, actions);
  }
}
