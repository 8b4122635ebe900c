import { html, nothing, type TemplateResult } from 'lit';
import type { ConceptResult, ProbeResult } from '../../src/protocol/probeResult';
import { meanLeaveOneOut, metricsOf, type ConceptMetric } from '../../src/format/conceptMetrics';
import type { Actions } from '../state/actions';
import { isolated } from '../../src/format/isolated';
import { conceptKey } from '../state/highlight';
import type { Geometry } from './geometryOf';
import { barStart, inlineBar } from '../charts/inlineBar';
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
          ${metricsOf('overview').map(headingView)}
        </tr>
      </thead>
      <tbody>
        ${concepts.map((concept, index) => rowView(concept, index, table))}
      </tbody>
    </table>
  </section>`;
}

/** The metric that the bars show. */
const bars = meanLeaveOneOut;

function headingView(metric: ConceptMetric & { readonly overview: string }): TemplateResult {
  const { overview, explain } = metric;
  const column = html`<th
    scope="col"
    class=${columnClass(metric)}
    title=${metric === bars ? `${explain}; the line on the bar is its 95 % interval` : explain}
  >
    ${overview}
  </th>`;
  return metric === bars
    ? html`${column}
        <td class="bar-cell" aria-hidden="true"></td>`
    : column;
}

function columnClass({ key }: ConceptMetric): string {
  return `number metric ${key.replaceAll('.', '-')}`;
}

function rowView(concept: ConceptResult, index: number, table: Table): TemplateResult {
  const { name, kept, given } = concept;
  const isChosen = concept === table.chosen;
  return html`<tr
    class=${isChosen ? 'chosen' : ''}
    data-concept=${name}
    data-highlight=${conceptKey(name)}
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
    ${metricsOf('overview').map((metric) => cellsView(metric, concept, index, table))}
  </tr>`;
}

function cellsView(
  metric: ConceptMetric,
  concept: ConceptResult,
  index: number,
  { result, geometry, start }: Table,
): TemplateResult {
  const shown = geometry.of(concept);
  const value = metric.value(shown);
  const title = metric.details?.(shown, result) ?? nothing;
  const cell = html`<td
    class=${columnClass(metric)}
    data-metric=${metric.key}
    data-value=${value ?? ''}
    title=${title}
  >
    ${metric.format(value)}
  </td>`;
  return metric === bars
    ? html`${cell}
        <td class="bar-cell" aria-hidden="true" title=${title}>${inlineBar(shown, index, start)}</td>`
    : cell;
}

/** Up and down go from concept to concept, as in a list. */
function moveBetweenRows(event: KeyboardEvent): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (step === 0 || !(event.target instanceof HTMLButtonElement)) return;
  const buttons = [...(event.currentTarget as HTMLElement).querySelectorAll('button')];
  buttons[buttons.indexOf(event.target) + step]?.focus();
  event.preventDefault();
}
