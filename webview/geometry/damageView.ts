import { t } from '@vscode/l10n';
import { nothing, type TemplateResult } from 'lit';
import type { Actions } from '../state/actions';
import type { ArrivedState, DamagedPart } from '../state/arrived';
import { problemView } from './problemView';
import type { UiState } from '../state/uiState';

const parts: Readonly<Record<UiState['page'], readonly DamagedPart[]>> = {
  geometry: [
    'all',
    'result',
    'early',
    'comparison',
    'manyModels',
    'between',
    'nearest',
    'vocabulary',
    'alignment',
    'measurement',
    'categories',
    'steering',
  ],
  simulator: ['all', 'simulator', 'simulations'],
};

const names: Readonly<Record<DamagedPart, string>> = {
  all: t('The result'),
  result: t('The result'),
  early: t('The result'),
  comparison: t('The comparison'),
  manyModels: t('The comparison of models'),
  between: t('The pairs of two concepts'),
  nearest: t('The nearest tokens'),
  vocabulary: t('The vocabulary'),
  alignment: t('The alignment of contexts'),
  measurement: t('The measurement of contexts'),
  categories: t('The comparison of categories'),
  steering: t('The steered context'),
  simulator: t('The simulation'),
  simulations: t('The list of simulations'),
};

/** What is not shown because it did not arrive whole: said instead of shown wrong. */
export function damageView(
  { damaged }: ArrivedState,
  { page }: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const part = parts[page].find((candidate) => damaged.has(candidate));
  if (!part) return nothing;
  const what = names[part];
  return actions.post
    ? problemView(
        t`${what} arrived damaged and is not shown; retry, or see the log.`,
        null,
        actions,
        isComputed(part) ? 'retry' : 'ready',
      )
    : problemView(t`${what} arrived damaged and is not shown; export the report again.`, null, actions);
}

/** Whether computing again brings it; otherwise it is sent again. */
function isComputed(part: DamagedPart): boolean {
  return part !== 'all' && part !== 'simulator' && part !== 'simulations';
}
