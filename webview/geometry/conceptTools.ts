import { html, type TemplateResult } from 'lit';
import type { ConceptGeometry } from '../../src/protocol/geometryResult';
import type { Actions } from '../state/actions';
import { selectView } from '../controls/choices';
import { selfPairsView } from './conceptMapTools';
import { canSort } from './orderedPairs';
import type { UiState } from '../state/uiState';

/** In which order the pairs of a concept stand, and what its mean counts. */
export function conceptTools(geometry: ConceptGeometry, ui: UiState, { choose }: Actions): TemplateResult {
  const disabled = !canSort(geometry);
  const title = disabled
    ? 'Each cell of the map stands for several pairs: they keep the file’s order.'
    : undefined;
  return html`<div class="choices">
    ${selectView({
      id: 'pair-order',
      label: 'Order of pairs',
      choices: [
        { value: 'file', label: 'File' },
        { value: 'name', label: 'Name', title, disabled },
        { value: 'size', label: 'Length of the difference', title, disabled },
        { value: 'leave-one-out', label: 'Leave-one-out', title, disabled },
        { value: 'clustered', label: 'Clustered', title, disabled },
      ],
      chosen: disabled ? 'file' : ui.pairOrder,
      choose: (pairOrder) => {
        choose({ pairOrder });
      },
      title,
    })}
    ${selfPairsView('self-pairs', ui, choose)}
  </div>`;
}
