import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../../src/format/numbers';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { momentsOf, type ShownRuns } from './shownRuns';

/** The slider over the steps of a finished run; nothing if the run kept no moments. */
export function momentView(
  result: SimulationResult,
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const moments = momentsOf(result);
  // The last place is the end of the run.
  const end = moments.length;
  if (end === 0) return nothing;
  const at = Math.min(ui.simulator.moment ?? end, end);
  const { steps } = result.runs[0]!;
  return sliderView({ at, end, step: moments[at]?.step ?? steps, steps }, (chosen) => {
    chooserOf(ui, actions)({ moment: chosen === end ? null : chosen });
  });
}

/** The same slider while the run trains: it follows the run and keeps its place in the layout. */
export function liveMomentView({ step, config: { steps } }: ShownRuns): TemplateResult {
  return sliderView({ at: step, end: Math.max(1, steps), step, steps });
}

interface Place {
  readonly at: number;
  readonly end: number;
  readonly step: number;
  readonly steps: number;
}

function sliderView({ at, end, step, steps }: Place, choose?: (at: number) => void): TemplateResult {
  const words = t`${formatCount(step)} of ${formatCount(steps)}`;
  return html`<div class="moment" data-testid="moment">
    <label
      class="field"
      title=${t('The numbers, the maps and the tokens in space as they were after this many steps')}
      ><span>${t('Step')}</span
      ><input
        type="range"
        data-testid="moment-slider"
        min="0"
        max=${end}
        step="1"
        .value=${String(at)}
        ?disabled=${choose === undefined}
        aria-valuetext=${t`step ${words}`}
        @input=${(event: Event) => {
          choose?.(Number((event.currentTarget as HTMLInputElement).value));
        }}
    /></label>
    <output data-testid="moment-step">${words}</output>
  </div>`;
}
