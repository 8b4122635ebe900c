import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from './chooser';
import { trainingSettingsView } from './trainingSettingsView';
import { worldSettingsView } from './worldSettingsView';

/** All other settings, built when they are opened. */
export function moreSettingsView(ui: UiState, actions: Actions): TemplateResult {
  const { isOpen } = ui.simulator;
  const toggled = (event: Event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== isOpen) chooserOf(ui, actions)({ isOpen: open });
  };
  return html`<details class="more" data-testid="more-settings" ?open=${isOpen} @toggle=${toggled}>
    <summary>More settings</summary>
    ${isOpen ? html`${worldSettingsView(ui, actions)} ${trainingSettingsView(ui, actions)}` : nothing}
  </details>`;
}
