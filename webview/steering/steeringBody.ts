import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatDecimal } from '../../src/format/numbers';
import type { SteerResult } from '../../src/protocol/contextResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { numberField } from '../controls/fields';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { formatAlpha } from './alphas';
import { arrowsView } from './arrowsView';
import { continueForm } from './continueForm';
import { pairView } from './pairView';
import { chosenPairs } from './steeredNumbers';
import type { SteeringChanges } from './steeringUi';
import { tokensView } from './tokensView';

/** Everything that follows α. */
export function steeringBody(
  result: ProbeResult,
  steered: SteerResult,
  ui: UiState,
  end: number,
  actions: Actions,
  changes: SteeringChanges,
): TemplateResult {
  const { alpha } = ui.steering;
  const chosen = chosenPairs(steered, ui.steering);
  return html`${sliderView(alpha, end, changes)} ${stepView(steered, alpha)}
    <div class="charts">
      <div class="beside">
        ${tokensView(steered, alpha)} ${pairView(steered, chosen, ui, actions, changes)}
      </div>
      ${arrowsView(result, steered, chosen, ui, actions, changes)}
    </div>
    ${continueForm(result, ui.steering, actions, changes)}`;
}

function sliderView(alpha: number, end: number, { slide, type, keep }: SteeringChanges): TemplateResult {
  const step = end / 100;
  return html`<div class="steering-alpha">
    <label class="field steering-slider" title=${t('Strength of the intervention; 0 is the model as it is')}
      ><span>${t`α, from −${end} to ${end}`}</span
      ><input
        type="range"
        data-testid="steering-slider"
        min=${-end}
        max=${end}
        step=${step}
        .value=${String(alpha)}
        aria-valuetext="α = ${formatAlpha(alpha)}"
        @input=${(event: Event) => {
          slide((event.currentTarget as HTMLInputElement).valueAsNumber);
        }}
        @change=${keep}
    /></label>
    ${numberField({
      id: 'steering-alpha',
      label: t('Value of α'),
      title: t('Also beyond the ends of the slider, which then follow'),
      value: alpha,
      step: 'any',
      choose: (typed) => {
        if (Number.isFinite(typed)) type(typed);
      },
    })}
    <vscode-button
      appearance="secondary"
      data-testid="steering-zero"
      title=${t('The model as it is')}
      ?disabled=${alpha === 0}
      @click=${() => {
        type(0);
      }}
      >α = 0</vscode-button
    >
  </div>`;
}

/** How large the step is: one as large as λ itself leaves little of the context. */
function stepView({ hiddenNorm, stepNorm }: SteerResult, alpha: number): TemplateResult {
  const share = (Math.abs(alpha) * stepNorm) / hiddenNorm;
  return html`<p class="steering-step" data-testid="steering-step">
    ‖αv‖/‖λ‖ = <strong data-value=${share}>${formatDecimal(share, 2)}</strong>
    ${
      share > 1
        ? html`<span data-testid="steering-large">${t('A step larger than λ itself proves nothing.')}</span>`
        : nothing
    }
  </p>`;
}
