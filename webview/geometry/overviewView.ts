import { html, nothing, type TemplateResult } from 'lit';
import type { ConceptResult, ProbeResult } from '../../src/protocol/probeResult';
import { formatCosine } from '../../src/format/numbers';
import type { Actions } from '../state/actions';
import { formatP } from '../../src/format/statistics';
import { isolated } from '../../src/format/isolated';
import type { Geometry } from './geometryOf';
import { barStart, inlineBar } from '../charts/inlineBar';
import { leaveOneOutText, permutationText } from './statisticsWords';
import { conceptColorNumber } from '../charts/theme';

/** What all rows have in common. */
interface Table {
  readonly result: ProbeResult;
  readonly geometry: Geometry;
  readonly chosen: ConceptResult;
  readonly start: -1 | 0;
  readonly actions: Actions;
}

/** All concepts, one row each; choosing a row shows the concept in detail. */
export function overviewView(
  result: ProbeResult,
  geometry: Geometry,
  chosen: ConceptResult,
  actions: Actions,
): TemplateResult {
  const { concepts } = result;
  const geometries = concepts.map(geometry.of);
  const table = { result, geometry, chosen, start: barStart(geometries), actions };
  const hasRandom = geometries.some(({ random }) => random !== null);
  return html`<section class="overview" aria-labelledby="overview-title">
    <h2 id="overview-title">Concepts</h2>
    <p class="lead">
      Mean cosines between the differences of one concept, ${geometry.name}: 1 is parallel, 0
      orthogonal.${hasRandom ? html` <span class="bar-words">Grey: where random pairs lie.</span>` : nothing}
      Choose a concept to see its pairs.
    </p>
    <table class="concepts" data-testid="overview" @keydown=${moveBetweenRows}>
      <thead>
        <tr>
          <th scope="col">Concept</th>
          <th scope="col" class="number pairs-column" title="Pairs kept of pairs given">Pairs</th>
          <th scope="col" class="number pairwise" title="Mean cosine of all pairs of differences">
            Pairwise
          </th>
          <th
            scope="col"
            class="leave-one-out-column"
            title="Mean cosine of each difference with the direction of the others; the line on the bar is its 95 % interval"
          >
            Leave-one-out
          </th>
          <td class="bar-cell" aria-hidden="true"></td>
          <th
            scope="col"
            class="number p-column"
            title="Are these pairs more parallel than the same words paired at random?"
          >
            p
          </th>
        </tr>
      </thead>
      <tbody>
        ${concepts.map((concept, index) => rowView(concept, index, table))}
      </tbody>
    </table>
  </section>`;
}

function rowView(concept: ConceptResult, index: number, table: Table): TemplateResult {
  const { name, kept, given } = concept;
  const geometry = table.geometry.of(concept);
  const { meanCosine, leaveOneOut, permutation } = geometry;
  const isChosen = concept === table.chosen;
  const behind = leaveOneOutText(geometry, table.result);
  return html`<tr
    class=${isChosen ? 'chosen' : ''}
    data-concept=${name}
    @click=${() => {
      table.actions.choose({ concept: name });
    }}
  >
    <th scope="row">
      <button class="concept-name" aria-current=${isChosen ? 'true' : nothing} title=${isolated(name)}>
        <span class="swatch concept-${conceptColorNumber(index)}"></span
        ><span class="name">${isolated(name)}</span>
      </button>
    </th>
    <td class="number" data-kept=${kept} data-given=${given}>${kept}/${given}</td>
    <td class="number pairwise" data-value=${meanCosine ?? ''}>${formatCosine(meanCosine)}</td>
    <td class="number" data-value=${leaveOneOut.mean ?? ''} title=${behind}>
      ${formatCosine(leaveOneOut.mean)}
    </td>
    <td class="bar-cell" aria-hidden="true" title=${behind}>${inlineBar(geometry, index, table.start)}</td>
    <td class="number" data-p=${permutation?.p ?? ''} title=${permutationText(geometry, table.result)}>
      ${formatP(permutation?.p)}
    </td>
  </tr>`;
}

/** Up and down go from concept to concept, as in a list. */
function moveBetweenRows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  buttons[buttons.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}
