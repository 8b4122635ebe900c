import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { pairLabel } from '../../src/concepts/concept';
import { isolated, isolatedPairLabel } from '../../src/format/isolated';
import { formatDecimal, formatProbability } from '../../src/format/numbers';
import { matrix } from '../../src/geometry/matrix';
import type { SteerResult } from '../../src/protocol/contextResult';
import { selectView } from '../controls/choices';
import { tableView } from '../controls/tableView';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import type { SteeringChanges } from './steeringUi';
import { formatAlpha } from './alphas';
import { steeredPair, type chosenPairs } from './steeredNumbers';

/** P(base), P(target) and their log-odds for a pair of the steered concept, and all its pairs as a table. */
export function pairView(
  steered: SteerResult,
  { own, pair }: ReturnType<typeof chosenPairs>,
  ui: UiState,
  actions: Actions,
  { choose }: SteeringChanges,
): TemplateResult {
  const { alpha } = ui.steering;
  if (!pair)
    return html`<p class="note" data-testid="steering-no-pair">
      ${t`No kept pair of ${isolated(steered.concept)} has words of one token each, so there are no log-odds.`}
    </p>`;
  const after = steeredPair(steered, alpha);
  const [now, before] = [after(pair), steeredPair(steered, 0)(pair)];
  const rows = own.map((one) => ({ label: isolatedPairLabel(one), numbers: after(one) }));
  return html`<div data-testid="steering-pair">
    <div class="figure-head">
      <h3>${t('Base and target')}</h3>
      ${selectView({
        id: 'steering-pair-choice',
        label: t('Pair'),
        choices: own.map((one) => ({ value: pairLabel(one), label: isolatedPairLabel(one) })),
        chosen: pairLabel(pair),
        choose: (label) => {
          choose({ pair: label });
        },
      })}
    </div>
    <div class="figures">
      ${figure(`P(${isolated(pair.base)})`, 'base', now.base, before.base, formatProbability)}
      ${figure(`P(${isolated(pair.target)})`, 'target', now.target, before.target, formatProbability)}
      ${figure('log P(target)/P(base)', 'log-odds', now.logOdds, before.logOdds, (value) => formatDecimal(value, 2))}
    </div>
    ${tableView(
      'steering-pairs',
      () => ({
        caption: t`Pairs of ${isolated(steered.concept)} at α = ${formatAlpha(alpha)}`,
        noun: 'Pair',
        rows: rows.map(({ label }) => label),
        columns: ['P(base)', 'P(target)', 'log P(target)/P(base)'],
        values: matrix(
          rows.length,
          3,
          Float64Array.from(
            rows.flatMap(({ numbers: { base, target, logOdds } }) => [base, target, logOdds]),
          ),
        ),
        format: (value, column) => (column === 2 ? formatDecimal(value, 2) : formatProbability(value)),
      }),
      ui,
      actions,
    )}
  </div>`;
}

function figure(
  label: string,
  id: string,
  now: number,
  before: number,
  format: (value: number) => string,
): TemplateResult {
  return html`<div class="figure" data-testid="steering-${id}">
    <span>${label}</span>
    <span class="figure-value" data-value=${now}>${format(now)}</span>
    <span class="figure-detail" data-before=${before}>${t`at α = 0: ${format(before)}`}</span>
  </div>`;
}
