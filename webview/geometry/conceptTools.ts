import { t } from '@vscode/l10n';
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
    ? t('Each cell of the map stands for several pairs: they keep the file’s order.')
    : undefined;
  return html`<div class="choices">
    ${selectView({
      id: 'pair-order',
      label: t('Order of pairs'),
      choices: [
        { value: 'file', label: t('File') },
        { value: 'name', label: t('Name'), title, disabled },
        { value: 'size', label: t('Length of the difference'), title, disabled },
        { value: 'leave-one-out', label: t('Leave-one-out'), title, disabled },
        { value: 'clustered', label: t('Clustered'), title, disabled },
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
