import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { closableViews } from '../src/protocol/panelMessages';
import type { ProbeResult } from '../src/protocol/probeResult';
import type { Actions } from './state/actions';
import { analogiesView } from './geometry/analogiesView';
import type { ArrivedState } from './state/arrived';
import { betweenView } from './geometry/betweenView';
import { categoriesView } from './categories/categoriesView';
import { comparisonView } from './comparison/comparisonView';
import { manyModelsView } from './comparison/manyModelsView';
import { alignmentView } from './contexts/alignmentView';
import { measurementView } from './contexts/measurementView';
import { conceptView } from './geometry/conceptView';
import { damageView } from './geometry/damageView';
import { directionsView } from './geometry/directionsView';
import { emptyView } from './geometry/emptyView';
import { geometryOf } from './geometry/geometryOf';
import { headerView } from './geometry/headerView';
import { overviewView } from './geometry/overviewView';
import { problemView } from './geometry/problemView';
import { computingView } from './controls/computingView';
import { progressLineView } from './controls/progressView';
import { simulatorPage } from './simulator/simulatorPage';
import { steeringView } from './steering/steeringView';
import type { UiState } from './state/uiState';
import { nearestView } from './vocabulary/nearestView';
import { vocabularyView } from './vocabulary/vocabularyView';

/** The whole panel, rendered from the state and the reader's choices. A report has only the *Geometry* page. */
export function view(arrived: ArrivedState, ui: UiState, actions: Actions): TemplateResult {
  // The early result of the running computation is newer than the last result.
  const state = { ...arrived, result: arrived.early ?? arrived.result };
  if (!actions.post)
    return html`${headerView(state, ui, actions)} ${damageView(state, ui, actions)}
    ${geometryPage(state, ui, actions)}`;
  return html`${progressLineView(ui.page === 'geometry' ? state.progress : null)}
    ${headerView(state, ui, actions)}
    <div id="page" role="tabpanel" aria-labelledby="tab-${ui.page}">
      ${damageView(state, ui, actions)}
      ${ui.page === 'geometry' ? geometryPage(state, ui, actions) : simulatorPage(state, ui, actions)}
    </div>`;
}

function geometryPage(state: ArrivedState, ui: UiState, actions: Actions): TemplateResult {
  const { result, early, progress, computing, problem, problemLine, isOutdated, damaged } = state;
  const isDamaged = damaged.has('result') || damaged.has('early') || damaged.has('all');
  return html`${problem === null ? nothing : problemView(problem, problemLine, actions)}
    <div
      class="results ${((progress && !computing) || isOutdated) && result && !early ? 'old' : ''}"
      aria-busy=${progress && !computing ? 'true' : 'false'}
      data-computing=${progress && computing ? computing : nothing}
    >
      ${
        result && result.concepts.length > 0
          ? // Frequent progress messages do not render an unchanged result again.
            guard([result, ...closableViews.map((part) => state[part]), state.continuation, ui], () =>
              resultView(state, result, ui, actions),
            )
          : isDamaged
            ? nothing
            : emptyView(state, actions)
      }
      ${result && result.concepts.length > 0 ? computingView(state) : nothing}
    </div>`;
}

function resultView(
  {
    between,
    comparison,
    manyModels,
    vocabulary,
    nearest,
    analogies,
    alignment,
    measurement,
    categories,
    steering,
    continuation,
  }: ArrivedState,
  result: ProbeResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const chosen = result.concepts.find(({ name }) => name === ui.concept) ?? result.concepts[0]!;
  const geometry = geometryOf(result, ui.product);
  return html`<div class="top">
      ${overviewView(result, geometry, chosen, actions)} ${directionsView(result, geometry, ui, actions)}
    </div>
    ${between ? betweenView(result, between, geometry.product, ui, actions) : nothing}
    ${comparison ? comparisonView(result, comparison, ui, actions) : nothing}
    ${manyModels ? manyModelsView(manyModels, geometry.product, ui, actions) : nothing}
    ${analogies ? analogiesView(analogies, geometry.product, actions) : nothing}
    ${measurement ? measurementView(result, measurement, geometry.product, ui, actions) : nothing}
    ${alignment ? alignmentView(result, alignment, geometry.product, ui, actions) : nothing}
    ${categories ? categoriesView(result, categories, ui, actions) : nothing}
    ${conceptView(result, geometry, chosen, ui, actions)}
    ${vocabulary ? vocabularyView(result, vocabulary, ui, actions) : nothing}
    ${nearest ? nearestView(nearest, geometry.product, ui, actions) : nothing}
    ${steering ? steeringView(result, steering, continuation, ui, actions) : nothing}`;
}
