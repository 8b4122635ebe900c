import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCosine, formatCount, formatDecimal } from '../../../src/format/numbers';
import { presetRowText } from '../../../src/format/paperWords';
import { formatPercent } from '../../../src/format/statistics';
import { measureNames } from '../../../src/simulator/config/measureNames';
import type { Clusters, EqualLoss, MapSummary } from '../../../src/simulator/paper/figures';
import type { PresetResult, PresetRowResult } from '../../../src/simulator/paper/presetResult';
import type { Actions } from '../../state/actions';
import { legendView } from '../../charts/legendView';
import type { UiState } from '../../state/uiState';
import { measureLabels } from '../runs/curveCharts';
import { curvesView } from '../runs/curvesView';
import { orNaN } from '../runs/orNaN';
import { sceneOf } from '../maps/pointsView';
import { shownOfResult } from '../runs/shownRuns';
import { simulatedMapView } from '../maps/simulatedMapView';

/** The additional numbers of some figures, besides U, E and UE. */
export function figureNumbersView(
  { figure, rows }: PresetResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { equalLoss, map, clusters } = figure;
  return html`${equalLoss ? html`${equalLossView(equalLoss)} ${curvesView(shownOfResult(rows[0]!.result), ui, actions)}` : nothing}
  ${map ? mapView(map, rows[0]!, ui, actions) : nothing} ${clusters ? clustersView(clusters, rows) : nothing}`;
}

function equalLossView(points: readonly EqualLoss[]): TemplateResult {
  return html`<div>
      <h3>${t('At equal loss')}</h3>
      <p class="lead">
        ${t('The paper does not define its epochs, so values are compared at the step where the loss first reaches that of a point on the paper’s curve.')}
      </p>
    </div>
    <div
      class="table-scroll"
      tabindex="0"
      role="region"
      aria-label=${t('This simulation and the paper at equal loss')}
    >
      <table class="numbers" data-testid="equal-loss">
        <thead>
          <tr>
            <th scope="col">${t('Loss')}</th>
            <th scope="col">${t('Step')}</th>
            ${measureNames.map(
              (name) =>
                html`<th scope="col">${t`${measureLabels[name]} simulated`}</th>
                  <th scope="col">${t`${measureLabels[name]} paper`}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${points.map(
            ({ paper, ours }) =>
              html`<tr>
                <th scope="row">${formatDecimal(paper.loss, 2)}</th>
                <td>${ours ? formatCount(ours.step) : t('never')}</td>
                ${measureNames.map(
                  (name) =>
                    html`<td>${formatDecimal(ours ? orNaN(ours[name]) : null, 3)}</td>
                      <td>${formatDecimal(paper[name], 3)}</td>`,
                )}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

function mapView(
  { ours, paper }: { readonly ours: MapSummary; readonly paper: MapSummary },
  { result }: PresetRowResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const unembedding: UiState = { ...ui, simulator: { ...ui.simulator, map: 'unembedding' } };
  return html`<div
      class="table-scroll"
      tabindex="0"
      role="region"
      aria-label=${t("This map and the paper's")}
    >
      <table class="numbers" data-testid="map-summary">
        <thead>
          <tr>
            <th scope="col">${t('Heat map')}</th>
            <th scope="col">${t('Diagonal')}</th>
            <th scope="col">${t('Off the diagonal')}</th>
            <th scope="col">${t('Mean |cosine| off the diagonal')}</th>
          </tr>
        </thead>
        <tbody>
          ${[[t('Simulated'), ours] as const, [t('Paper'), paper] as const].map(
            ([name, summary]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td>${rangeText(summary.diagonal)}</td>
                <td>${rangeText(summary.offDiagonal)}</td>
                <td>${formatDecimal(orNaN(summary.meanAbsolute), 3)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${simulatedMapView(shownOfResult(result), unembedding, actions, { id: 'preset-map', title: t('Unembedding, mean of the runs') })}
    ${legendView()}`;
}

function clustersView(clusters: readonly Clusters[], rows: readonly PresetRowResult[]): TemplateResult {
  return html`<div class="map-pair" data-testid="clusters">
    ${clusters.map(({ groups, separation, explained }, at) => {
      const { result } = rows[at]!;
      const label = presetRowText(rows[at]!.label);
      const { scene } = sceneOf(shownOfResult(result));
      return html`<figure>
        <h3>${label}</h3>
        <p class="lead map-words">${clusterWords({ groups, separation, explained })}</p>
        ${
          scene
            ? html`<point-space
                .scene=${scene}
                aria-label=${t`Tokens in space, contexts ${label}. Use the arrow keys to rotate.`}
                title=${t('Drag to rotate')}
              ></point-space>`
            : nothing
        }
      </figure>`;
    })}
  </div>`;
}

function clusterWords({ groups, separation, explained }: Clusters): string {
  const between = t`${groups} groups, ${formatPercent(orNaN(explained))} of the variance between them`;
  return separation === null
    ? between
    : t`${between}; ${formatDecimal(separation, 1)} times as far apart as they are wide`;
}

function rangeText([low, high]: readonly [number, number]): string {
  return t`${formatCosine(orNaN(low))} to ${formatCosine(orNaN(high))}`;
}
