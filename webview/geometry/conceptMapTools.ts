import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../state/actions';
import { checkView, radioView, selectView } from '../controls/choices';
import type { UiState } from '../state/uiState';

/** What the map across concepts shows, and how. */
export function conceptMapTools(ui: UiState, { choose }: Actions): TemplateResult {
  return html`<div class="choices">
    ${selectView({
      id: 'map-kind',
      label: 'Show',
      choices: [
        { value: 'directions', label: 'Directions' },
        { value: 'differences', label: 'Single differences' },
        { value: 'control', label: 'Random control' },
      ],
      chosen: ui.map,
      choose: (map) => {
        choose({ map });
      },
    })}
    ${radioView({
      id: 'sign',
      label: 'Sign',
      choices: [
        { value: 'signed', label: 'Signed' },
        { value: 'absolute', label: 'Absolute', title: '|cosine|: 0 is orthogonal, 1 parallel or opposite' },
      ],
      chosen: ui.sign,
      choose: (sign) => {
        choose({ sign });
      },
    })}
    ${radioView({
      id: 'concept-order',
      label: 'Order',
      choices: [
        { value: 'file', label: 'File' },
        { value: 'clustered', label: 'Clustered', title: 'Concepts that are alike stand side by side' },
      ],
      chosen: ui.conceptOrder,
      choose: (conceptOrder) => {
        choose({ conceptOrder });
      },
    })}
    ${ui.map === 'differences' ? selfPairsView('map-self-pairs', ui, choose) : nothing}
  </div>`;
}

/** Whether means count each difference with itself; the same choice wherever it is offered. */
export function selfPairsView(id: string, ui: UiState, choose: Actions['choose']): TemplateResult {
  return checkView(id, 'With self-pairs', ui.selfPairs, (selfPairs) => {
    choose({ selfPairs });
  });
}
