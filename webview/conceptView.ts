import { html, nothing, type TemplateResult } from 'lit';
import { pairLabel } from '../src/concepts/concept';
import { dropReason, type ConceptResult, type ProbeResult } from '../src/protocol/probeResult';
import { formatCosine, formatCount, plural } from '../src/protocol/formatNumbers';
import type { Actions } from './actions';
import { commandButtons } from './emptyView';
import { leaveOneOutView } from './leaveOneOutView';
import { orderedPairs } from './orderedPairs';
import { pairsMapView } from './pairsMapView';
import { conceptColorNumber } from './theme';
import type { UiState } from './uiState';

/** One concept in detail: its numbers, the map and the bars of its pairs, and what was dropped. */
export function conceptView(
  result: ProbeResult,
  concept: ConceptResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const index = result.concepts.indexOf(concept);
  return html`<section class="concept concept-${conceptColorNumber(index)}" aria-labelledby="concept-title">
    <h2 id="concept-title" data-testid="concept-title">
      <span class="swatch"></span><span class="name">${concept.name}</span>
    </h2>
    ${concept.kept < 2 ? tooFewView(concept, actions) : chartsView(concept, index, ui, actions)}
    ${droppedView(concept)}
  </section>`;
}

function tooFewView(concept: ConceptResult, actions: Actions): TemplateResult {
  return html`<div data-testid="too-few">
    <p class="empty-line">
      Only ${plural(concept.kept, 'pair')} of ${formatCount(concept.given)} could be kept. Two are needed to
      say whether their differences are parallel.
    </p>
    ${commandButtons(['addPair', 'importPairs'], actions)}
  </div>`;
}

function chartsView(concept: ConceptResult, index: number, ui: UiState, actions: Actions): TemplateResult {
  const { meanCosine, leaveOneOut } = concept.euclidean;
  const pairs = orderedPairs(concept, ui.sorted);
  return html`<div class="figures">
      ${figureView(formatCosine(meanCosine), 'mean pairwise cosine')}
      ${figureView(formatCosine(leaveOneOut.mean), 'mean leave-one-out cosine')}
      ${figureView(formatCount(concept.kept), `of ${plural(concept.given, 'pair')} kept`)}
      <vscode-checkbox
        class="sort"
        ?checked=${ui.sorted}
        @change=${(event: Event) => {
          actions.sort((event.target as HTMLInputElement).checked);
        }}
        >Sort by leave-one-out</vscode-checkbox
      >
    </div>
    <div class="charts">
      ${pairsMapView(concept, pairs, ui, actions)} ${leaveOneOutView(concept, index, pairs, ui, actions)}
    </div>`;
}

function figureView(value: string, label: string): TemplateResult {
  return html`<div class="figure"><span class="figure-value">${value}</span> <span>${label}</span></div>`;
}

function droppedView(concept: ConceptResult): TemplateResult | typeof nothing {
  const dropped = concept.pairs.filter((pair) => pair.status !== 'kept');
  if (dropped.length === 0) return nothing;
  return html`<div class="dropped" data-testid="dropped">
    <h3>${plural(dropped.length, 'dropped pair')}</h3>
    <ul tabindex=${dropped.length > 12 ? 0 : nothing}>
      ${dropped.map((pair) => html`<li><strong>${pairLabel(pair)}</strong> <span>${dropReason(pair)}</span></li>`)}
    </ul>
  </div>`;
}
