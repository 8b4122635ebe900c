import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import {
  dropReason,
  droppedPairs,
  hasBareSpace,
  leftOutPairs,
  type ConceptResult,
  type PairResult,
  type ProbeResult,
} from '../../src/protocol/probeResult';
import { fewKeptText } from '../../src/format/conceptSummary';
import { fewestPairs } from '../../src/format/conceptVerdict';
import { plural } from '../../src/format/plural';
import { isolated, isolatedPair, isolatedPairLabel } from '../../src/format/isolated';
import type { Actions } from '../state/actions';
import { chanceView } from './chanceView';
import { conceptRequestsView } from './conceptRequestsView';
import { conceptTools } from './conceptTools';
import { commandButtons } from './emptyView';
import { figuresView } from './figuresView';
import type { Geometry } from './geometryOf';
import { leaveOneOutView } from './leaveOneOutView';
import { orderedPairs } from './orderedPairs';
import { pairsMapView } from './pairsMapView';
import { conceptColorNumber } from '../charts/theme';
import type { UiState } from '../state/uiState';

/** One concept in detail: its numbers, the charts of its pairs, and what was dropped. */
export function conceptView(
  result: ProbeResult,
  geometry: Geometry,
  concept: ConceptResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const index = result.concepts.indexOf(concept);
  return html`<section class="concept concept-${conceptColorNumber(index)}" aria-labelledby="concept-title">
    <div class="concept-head">
      <h2 id="concept-title" data-testid="concept-title" tabindex="-1">
        <span class="swatch"></span><span class="name">${isolated(concept.name)}</span>
      </h2>
      ${conceptRequestsView(geometry, concept, ui, actions)}
    </div>
    ${concept.note === undefined ? nothing : html`<p class="note concept-note" dir="auto" data-testid="concept-note">${concept.note}</p>`}
    ${concept.kept < 2 ? tooFewView(concept, actions) : chartsView(result, geometry, index, ui, actions)}
    ${droppedView(concept)} ${leftOutView(concept, actions)}
  </section>`;
}

function tooFewView(concept: ConceptResult, actions: Actions): TemplateResult {
  return html`<div data-testid="too-few">
    <p class="empty-line">
      ${fewKeptText(concept.kept, concept.given)}
      ${t`One pair has a direction, two have a cosine, and from ${fewestPairs} on there is a verdict.`}
    </p>
    ${commandButtons(['addPair', 'importPairs'], actions, concept.name)}
  </div>`;
}

function chartsView(
  result: ProbeResult,
  chosen: Geometry,
  index: number,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const concept = result.concepts[index]!;
  const geometry = chosen.of(concept);
  const ordered = orderedPairs(concept, geometry, ui.pairOrder);
  const all = result.concepts.map(chosen.of);
  const product = { productId: chosen.product, product: chosen.name };
  const shown = { concept, index, geometry, all, ...product, ordered, asked: result };
  return html`${figuresView(shown, ui)} ${conceptTools(geometry, ui, actions)}
    <div class="charts">
      ${pairsMapView(shown, ui, actions)}
      <div class="beside">${leaveOneOutView(shown, ui, actions)} ${chanceView(shown, ui, actions)}</div>
    </div>`;
}

function droppedView(concept: ConceptResult): TemplateResult | typeof nothing {
  const dropped = droppedPairs(concept);
  if (dropped.length === 0) return nothing;
  return html`<div class="dropped" data-testid="dropped">
    <h3>${plural(dropped.length, 'dropped pair')}</h3>
    <ul tabindex=${dropped.length > 12 ? 0 : nothing}>
      ${dropped.map(
        (pair) =>
          html`<li>
            <strong>${isolatedPairLabel(pair)}</strong> <span>${dropReason(isolatedPair(pair))}</span>
          </li>`,
      )}
    </ul>
    ${dropped.some(hasBareSpace) ? html`<p>${spaceAdvice}</p>` : nothing}
  </div>`;
}

/** The pairs that the concept file leaves out: they change no number of this view. */
function leftOutView(concept: ConceptResult, actions: Actions): TemplateResult | typeof nothing {
  const leftOut = leftOutPairs(concept);
  if (leftOut.length === 0) return nothing;
  return html`<div class="dropped" data-testid="left-out">
    <h3>${t`${plural(leftOut.length, 'pair')} left out in the concept file`}</h3>
    <ul tabindex=${leftOut.length > 12 ? 0 : nothing}>
      ${leftOut.map(
        (pair) =>
          html`<li>
            <strong>${isolatedPairLabel(pair)}</strong> ${includeButton(concept.name, pair, actions)}
          </li>`,
      )}
    </ul>
  </div>`;
}

/** A report cannot change the concept file. */
function includeButton(
  concept: string,
  pair: PairResult,
  { post }: Actions,
): TemplateResult | typeof nothing {
  if (!post) return nothing;
  const { base, target } = pair;
  return html`<button
    class="link"
    aria-label=${t`Include ${isolatedPairLabel(pair)} again`}
    @click=${() => {
      post({ type: 'includePair', concept, pair: { base, target } });
    }}
  >
    ${t('Include again')}
  </button>`;
}

const spaceAdvice = t(
  'A first token ▁ is the space before a word. “"leadingSpace": false” under “"tokens"” in the concept file tokenizes words without it, for languages such as Chinese or Japanese.',
);
