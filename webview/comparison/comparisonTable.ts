import { html, type TemplateResult } from 'lit';
import { formatCosine, formatCount } from '../../src/format/numbers';
import type { LeaveOneOut } from '../../src/protocol/geometryResult';
import { isolated } from '../../src/format/isolated';
import type { BothModels, ComparedDirections } from '../../src/protocol/modelComparison';
import type { ComparisonRow } from './comparisonRows';
import { signed } from '../geometry/signed';

/** Concept by concept the numbers of A, of B, and B − A; below them those of all directions together. */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  directions: ComparedDirections,
  product: string,
): TemplateResult {
  const caption = `A, B and B − A on the pairs that both keep, ${product} inner product`;
  const columns = ['A', 'B', 'A', 'B', 'B − A', '95\u00a0% interval', 'Pairs', 'A', 'B', 'B − A'];
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="numbers compared" data-testid="comparison-table">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">Concept</th>
          <th scope="colgroup" colspan="2">Pairs kept</th>
          <th scope="colgroup" colspan="5">Mean leave-one-out</th>
          <th scope="colgroup" colspan="3">Mean pairwise</th>
        </tr>
        <tr>
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(rowView)}
      </tbody>
      <tfoot>
        ${besideView('Mean |cosine| between directions', directions.mean)}
        ${besideView('Largest |cosine| between directions', directions.largest)}
      </tfoot>
    </table>
  </div>`;
}

const missing: BothModels = { first: null, second: null, difference: null };

function rowView({ name, kept: [first, second], common }: ComparisonRow): TemplateResult {
  const { leaveOneOut, meanCosine } = common?.geometry ?? {};
  return html`<tr data-concept=${name}>
    <th scope="row">${isolated(name)}</th>
    <td>${formatCount(first)}</td>
    <td>${second === null ? '–' : formatCount(second)}</td>
    ${threeCells(leaveOneOut ?? missing)}
    <td>${intervalText(leaveOneOut?.interval ?? null)}</td>
    <td>${common ? formatCount(common.pairs) : '–'}</td>
    ${threeCells(meanCosine ?? missing)}
  </tr>`;
}

/** The numbers without their name, which the column has. */
function intervalText(interval: LeaveOneOut['interval']): string {
  return interval ? `${formatCosine(interval.low, 2)} … ${formatCosine(interval.high, 2)}` : '–';
}

function threeCells({ first, second, difference }: BothModels): TemplateResult {
  return html`<td data-value=${first ?? ''}>${formatCosine(first)}</td>
    <td data-value=${second ?? ''}>${formatCosine(second)}</td>
    <td class="change" data-value=${difference ?? ''}>${signed(difference)}</td>`;
}

function besideView(label: string, values: BothModels): TemplateResult {
  return html`<tr>
    <th scope="row" colspan="3">${label}</th>
    ${threeCells(values)}
    <td colspan="5"></td>
  </tr>`;
}
