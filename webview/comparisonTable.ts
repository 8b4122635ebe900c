import { html, type TemplateResult } from 'lit';
import { formatCosine, formatCount } from '../src/protocol/formatNumbers';
import { change, type ComparisonRow } from './comparisonRows';
import { formatP } from '../src/protocol/formatStatistics';
import { isolated } from '../src/protocol/isolated';
import { signed } from './signed';

interface Beside {
  readonly mean: number | null;
  readonly largest: number | null;
}

/** Concept by concept the numbers of A, of B, and B − A; below them those of all directions together. */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  a: Beside,
  b: Beside,
  product: string,
): TemplateResult {
  const caption = `A, B and B − A, ${product} inner product`;
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="numbers compared" data-testid="comparison-table">
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">Concept</th>
          <th scope="colgroup" colspan="2">Pairs kept</th>
          <th scope="colgroup" colspan="3">Mean leave-one-out</th>
          <th scope="colgroup" colspan="2">p</th>
          <th scope="colgroup" colspan="3">Mean pairwise</th>
        </tr>
        <tr>
          ${['A', 'B', 'A', 'B', 'B − A', 'A', 'B', 'A', 'B', 'B − A'].map((side) => html`<th scope="col">${side}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${rows.map(rowView)}
      </tbody>
      <tfoot>
        ${besideView('Mean |cosine| between directions', a.mean, b.mean)}
        ${besideView('Largest |cosine| between directions', a.largest, b.largest)}
      </tfoot>
    </table>
  </div>`;
}

function rowView({ name, a, b }: ComparisonRow): TemplateResult {
  const [before, after] = [a.geometry, b?.geometry];
  return html`<tr data-concept=${name}>
    <th scope="row">${isolated(name)}</th>
    <td>${formatCount(a.kept)}</td>
    <td>${b ? formatCount(b.kept) : '–'}</td>
    ${threeCells(before.leaveOneOut.mean, after?.leaveOneOut.mean)}
    <td>${formatP(before.permutation?.p)}</td>
    <td>${formatP(after?.permutation?.p)}</td>
    ${threeCells(before.meanCosine, after?.meanCosine)}
  </tr>`;
}

function threeCells(a: number | null, b: number | null | undefined): TemplateResult {
  const difference = change(a, b);
  return html`<td data-value=${a ?? ''}>${formatCosine(a)}</td>
    <td data-value=${b ?? ''}>${formatCosine(b ?? null)}</td>
    <td class="change" data-value=${difference ?? ''}>${signed(difference)}</td>`;
}

function besideView(label: string, a: number | null, b: number | null): TemplateResult {
  return html`<tr>
    <th scope="row" colspan="3">${label}</th>
    ${threeCells(a, b)}
    <td colspan="5"></td>
  </tr>`;
}
