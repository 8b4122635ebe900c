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
    'between',
    'nearest',
    'vocabulary',
    'alignment',
    'measurement',
    'steering',
  ],
  simulator: ['all', 'simulator', 'simulations'],
};

const names: Readonly<Record<DamagedPart, string>> = {
  all: 'The result',
  result: 'The result',
  early: 'The result',
  comparison: 'The comparison',
  between: 'The pairs of two concepts',
  nearest: 'The nearest tokens',
  vocabulary: 'The vocabulary',
  alignment: 'The alignment of contexts',
  measurement: 'The measurement of contexts',
  steering: 'The steered context',
  simulator: 'The simulation',
  simulations: 'The list of simulations',
};

/** What is not shown because it did not arrive whole: said instead of shown wrong. */
export function damageView(
  { damaged }: ArrivedState,
  { page }: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const part = parts[page].find((candidate) => damaged.has(candidate));
  if (!part) return nothing;
  const sentence = `${names[part]} arrived damaged and is not shown`;
  return actions.post
    ? problemView(`${sentence}; retry, or see the log.`, null, actions, isComputed(part) ? 'retry' : 'ready')
    : problemView(`${sentence}; export the report again.`, null, actions);
}

/** Whether computing again brings it; otherwise it is sent again. */
function isComputed(part: DamagedPart): boolean {
  return part !== 'all' && part !== 'simulator' && part !== 'simulations';
}
