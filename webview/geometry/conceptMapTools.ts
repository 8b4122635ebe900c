import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../state/actions';
import { checkView, radioView, selectView } from '../controls/choices';
import type { UiState } from '../state/uiState';

/** What the map across concepts shows, and how. */
export function conceptMapTools(ui: UiState, { choose }: Actions): TemplateResult {
  return html`<div class="choices">
    ${selectView({
      id: 'map-kind',
      label: t('Show'),
      choices: [
        { value: 'directions', label: t('Directions') },
        { value: 'differences', label: t('Mean pairwise cosines') },
        { value: 'control', label: t('Random control') },
        {
          value: 'all',
          label: t('All three maps'),
          title: t('Directions: Euclidean, causal, and random control, on one scale and in one order'),
        },
      ],
      chosen: ui.map,
      choose: (map) => {
        choose({ map });
      },
    })}
    ${radioView({
      id: 'sign',
      label: t('Sign'),
      choices: [
        { value: 'signed', label: t('Signed') },
        {
          value: 'absolute',
          label: t('Absolute'),
          title: t('|cosine|: 0 is orthogonal, 1 parallel or opposite'),
        },
      ],
      chosen: ui.sign,
      choose: (sign) => {
        choose({ sign });
      },
    })}
    ${selectView({
      id: 'concept-order',
      label: t('Order'),
      choices: [
        { value: 'file', label: t('File') },
        { value: 'name', label: t('Name') },
        { value: 'size', label: t('Pairs kept') },
        { value: 'value', label: t('Mean cosine'), title: t('Mean of a row without its own concept') },
        {
          value: 'clustered',
          label: t('Clustered'),
          title: t('Similar concepts side by side, with their tree'),
        },
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
  return checkView(id, t('With self-pairs'), ui.selfPairs, (selfPairs) => {
    choose({ selfPairs });
  });
}
