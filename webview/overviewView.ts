import { html, nothing, type TemplateResult } from 'lit';
import type { ConceptResult, ProbeResult } from '../src/protocol/probeResult';
import { formatCosine } from '../src/protocol/formatNumbers';
import type { Actions } from './actions';
import { conceptColorNumber } from './theme';

/** All concepts, one row each; choosing a row shows the concept in detail. */
export function overviewView(
  { concepts }: ProbeResult,
  chosen: ConceptResult,
  actions: Actions,
): TemplateResult {
  const hasNegative = concepts.some(({ euclidean }) => (euclidean.leaveOneOut.mean ?? 0) < 0);
  return html`<section class="overview" aria-labelledby="overview-title">
    <h2 id="overview-title">Concepts</h2>
    <p class="lead">
      Mean cosines between the differences of one concept, Euclidean: 1 is parallel, 0 orthogonal. Choose a
      concept to see its pairs.
    </p>
    <table class="concepts" data-testid="overview" @keydown=${moveBetweenRows}>
      <colgroup>
        <col />
        <col class="pairs-column" />
        <col class="pairwise-column" />
        <col class="leave-one-out-column" />
        <col class="bar-column" />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Concept</th>
          <th scope="col" class="number" title="Pairs kept of pairs given">Pairs</th>
          <th scope="col" class="number" title="Mean cosine of all pairs of differences">Pairwise</th>
          <th
            scope="col"
            class="number"
            colspan="2"
            title="Mean cosine of each difference with the direction of the others"
          >
            Leave-one-out
          </th>
        </tr>
      </thead>
      <tbody>
        ${concepts.map((concept, index) => rowView(concept, index, concept === chosen, hasNegative, actions))}
      </tbody>
    </table>
  </section>`;
}

function rowView(
  { name, kept, given, euclidean }: ConceptResult,
  index: number,
  isChosen: boolean,
  hasNegative: boolean,
  actions: Actions,
): TemplateResult {
  const { mean } = euclidean.leaveOneOut;
  return html`<tr
    class=${isChosen ? 'chosen' : ''}
    data-concept=${name}
    @click=${() => {
      actions.select(name);
    }}
  >
    <th scope="row">
      <button class="concept-name" aria-current=${isChosen ? 'true' : nothing} title=${name}>
        <span class="swatch concept-${conceptColorNumber(index)}"></span><span class="name">${name}</span>
      </button>
    </th>
    <td class="number" data-kept=${kept} data-given=${given}>${kept}/${given}</td>
    <td class="number" data-value=${euclidean.meanCosine ?? ''}>${formatCosine(euclidean.meanCosine)}</td>
    <td class="number" data-value=${mean ?? ''}>${formatCosine(mean)}</td>
    <td class="bar-cell" aria-hidden="true">${inlineBar(mean, index, hasNegative)}</td>
  </tr>`;
}

/**
 * From 0 to the value on 0…1, or on −1…1 for all rows as soon as one is negative. Styles are set as properties
 * (`.style`): the policy forbids attributes.
 */
function inlineBar(value: number | null, index: number, hasNegative: boolean): TemplateResult {
  const share = (at: number) => `${(hasNegative ? (at + 1) / 2 : at) * 100}%`;
  const from = Math.min(0, value ?? 0);
  const length = Math.abs(value ?? 0) * (hasNegative ? 50 : 100);
  return html`<span class="inline-bar concept-${conceptColorNumber(index)}"
    ><span class="inline-bar-fill" .style=${`left: ${share(from)}; width: ${length}%`}></span
    ><span class="inline-bar-zero" .style=${`left: ${share(0)}`}></span
  ></span>`;
}

/** Up and down go from concept to concept, as in a list. */
function moveBetweenRows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  buttons[buttons.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}
