import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { PanelState } from '../../../src/protocol/panelMessages';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import type { Actions } from '../../state/actions';
import { radioView } from '../../controls/choices';
import { hasCausal } from '../../geometry/geometryOf';
import { legendView } from '../../charts/legendView';
import type { UiState } from '../../state/uiState';
import { chooserOf } from '../settings/chooser';
import { hasPoints, pointsView } from './pointsView';
import { modelMapView, productChoice } from './modelMapView';
import { simulatedMapView } from './simulatedMapView';
import type { MapName } from '../simulatorUi';
import type { ShownRuns } from '../runs/shownRuns';

const labels: Readonly<Record<MapName, { readonly label: string; readonly title: string }>> = {
  unembedding: {
    label: t('Unembedding'),
    title: t('Steering vectors of the tokens, g(c with i = 1) − g(c with i = 0)'),
  },
  embedding: {
    label: t('Embedding'),
    title: t('Steering vectors of the contexts, f(d with i = 1) − f(d with i = 0)'),
  },
  cross: { label: t('Across'), title: t('Unembedding (row) with embedding (column) steering vectors') },
};

/** The concept × concept maps of the simulation and of a real model, side by side on the same scale. */
export function mapsView(
  shown: ShownRuns,
  { result }: Pick<PanelState, 'result'>,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const withPoints = hasPoints(shown.config);
  const model: ProbeResult | null = result && result.directions.euclidean.concepts.length > 1 ? result : null;
  return html`<section aria-labelledby="maps-title">
    <div class="figure-head">
      <h2 id="maps-title">${t('Concept × concept')}</h2>
      <div class="choices">
        ${mapChoice(ui, actions)} ${model && hasCausal(model) ? productChoice(ui, actions) : nothing}
      </div>
    </div>
    <p class="lead">
      ${t('Mean cosine between the steering vectors of two concepts: the diagonal shows how parallel those of one concept are, the rest how orthogonal different concepts are.')}
    </p>
    ${legendView()}
    <div class="map-pair ${withPoints ? 'with-points' : ''}">
      ${withPoints ? pointsView(shown, ui, actions) : nothing} ${simulatedMapView(shown, ui, actions)}
      ${modelMapView(model, ui, actions)}
    </div>
    ${
      shown.maps[ui.simulator.map].data.some(Number.isNaN) && shown.step > 0
        ? html`<p class="note">${t('– undefined: a concept has no two steering vectors to compare.')}</p>`
        : nothing
    }
  </section>`;
}

export function mapChoice(ui: UiState, actions: Actions): TemplateResult {
  return radioView<MapName>({
    id: 'simulated-map-kind',
    label: t('Vectors'),
    choices: (Object.keys(labels) as MapName[]).map((value) => ({ value, ...labels[value] })),
    chosen: ui.simulator.map,
    choose: (map) => {
      chooserOf(ui, actions)({ map });
    },
  });
}
