import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../../src/protocol/panelMessages';
import type { Actions } from '../actions';
import type { UiState } from '../uiState';
import { graphView } from './graphView';
import { introView } from './introView';
import { keptListView } from './keptListView';
import { liveView } from './liveView';
import { lookedAt } from './lookedAt';
import { outcomeView } from './outcomeView';
import { reproduceView } from './reproduceView';
import { run, runControlsView } from './runControlsView';
import { settingsView } from './settingsView';

/** Grows geometry from scratch: settings, and beside or below them what comes of them. */
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
        ${settingsView(ui, actions)}
      </section>
      ${runControlsView(state.simulator, ui, actions)}
    </div>
    <div class="stage" data-testid="stage">${stageView(state, ui, actions)}</div>
    ${graphView(ui, actions)}
    <div class="controls lists">
      ${reproduceView(state.simulator, ui, actions)}
      ${state.simulations.length > 0 ? keptListView(state, ui, actions) : nothing}
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
    case 'kept':
      return outcomeView(looked.kept, looked.compared, state, ui, actions);
  }
}
