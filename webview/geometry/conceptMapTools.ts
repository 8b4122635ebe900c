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
        {
          value: 'all',
          label: 'All three maps',
          title: 'Directions: Euclidean, causal, and random control, on one scale and in one order',
        },
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
    ${selectView({
      id: 'concept-order',
      label: 'Order',
      choices: [
        { value: 'file', label: 'File' },
        { value: 'name', label: 'Name' },
        { value: 'size', label: 'Pairs kept' },
        { value: 'value', label: 'Mean cosine', title: 'Mean of a row without its own concept' },
        { value: 'clustered', label: 'Clustered', title: 'Similar concepts side by side, with their tree' },
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
