import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { lossWords } from '../../../src/format/lossWords';
import { formatCount, formatDecimal } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import { stoppedText } from '../../../src/format/stoppedText';
import type { PanelState } from '../../../src/protocol/panelMessages';
import { measureNames, type MeasureName } from '../../../src/simulator/config/measureNames';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import type { Actions } from '../../state/actions';
import { figureView } from '../../geometry/figuresView';
import type { UiState } from '../../state/uiState';
import { configWords } from '../settings/configWords';
import { curvesView } from './curvesView';
import { liveMomentView, momentView } from './momentView';
import { mapsView } from '../maps/mapsView';
import { formatQuantity } from './formatQuantity';
import type { ShownRuns } from './shownRuns';

export interface RunsSubject {
  readonly shown: ShownRuns;
  readonly title: string;
  /** Of a finished or stopped simulation. */
  readonly result: SimulationResult | null;
}

/** A running or finished simulation: its numbers, then maps, points and curves. */
export function runsView(
  { shown, title, result }: RunsSubject,
  state: PanelState,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  return html`<div class="runs" data-testid="shown-runs" ?data-live=${shown.isLive}>
    <div class="runs-head">
      <h2>${title}</h2>
      <p class="facts">${factsOf(shown, result).map((words) => html`<span>${words}</span>`)}</p>
    </div>
    ${result ? momentView(result, ui, actions) : isSingle(state) ? liveMomentView(shown) : nothing}
    ${numbersView(shown)} ${mapsView(shown, state, ui, actions)} ${curvesView(shown, ui, actions)}
  </div>`;
}

/** Several runs are shown by their means, which have no moments. */
function isSingle({ simulator: { task } }: PanelState): boolean {
  return task?.kind === 'simulation' && task.runs === 1;
}

function factsOf({ config }: ShownRuns, result: SimulationResult | null): readonly string[] {
  const stopped = result && stoppedText(result);
  return stopped ? [...configWords(config), stopped] : configWords(config);
}

const meanings: Readonly<Record<MeasureName, readonly [label: string, title: string]>> = {
  u: [
    t('U, unembedding'),
    t('Mean pairwise cosine of a concept’s unembedding steering vectors, averaged over the concepts'),
  ],
  e: [
    t('E, embedding'),
    t('Mean pairwise cosine of a concept’s embedding steering vectors, averaged over the concepts'),
  ],
  ue: [t('UE, across'), t('Mean cosine between a concept’s unembedding and embedding steering vectors')],
};

function numbersView(shown: ShownRuns): TemplateResult {
  const { config, mean, standardError, runs, loss, entropyFloor, step } = shown;
  const { label, meaning } = lossWords(config);
  const among = runs > 1 ? plural(runs, 'run') : t`step ${formatCount(step)}`;
  return html`<div class="figures" data-testid="simulated-numbers">
    ${measureNames.map((name) =>
      figureView({
        value: formatDecimal(mean[name], 3),
        label: meanings[name][0],
        title: meanings[name][1],
        detail: runs > 1 ? `± ${formatDecimal(standardError[name], 3)}, ${among}` : among,
      }),
    )}
    ${figureView({
      value: formatQuantity(loss),
      label,
      title: meaning,
      detail: t`floor ${formatDecimal(entropyFloor, 3)}`,
    })}
  </div>`;
}
