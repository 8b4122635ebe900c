import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { meanLeaveOneOut, metricsOf, type ConceptMetric } from '../../src/format/conceptMetrics';
import { capital, formatCosine, formatCount } from '../../src/format/numbers';
import { formatRange } from '../../src/format/statistics';
import { isolated } from '../../src/format/isolated';
import type { BothModels, ComparedDirections } from '../../src/protocol/modelComparison';
import type { ComparisonRow } from './comparisonRows';
import { virtualRows } from '../controls/virtualRows';
import { signed } from '../geometry/signed';

/** With an interval and the number of pairs. */
const main = meanLeaveOneOut;
const others = metricsOf('compared').filter((metric) => metric !== main);
const three = ['A', 'B', 'B − A'];

/** Concept by concept the numbers of A, of B, and B − A; below them those of all directions together. */
export function comparisonTable(
  rows: readonly ComparisonRow[],
  directions: ComparedDirections,
  product: string,
): TemplateResult {
  const caption = t`A, B and B − A on the pairs that both keep, ${product} inner product`;
  const columns = ['A', 'B', ...three, t('95\u00a0% interval'), t('Pairs'), ...others.flatMap(() => three)];
  return html`<div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
    <table class="numbers compared" data-testid="comparison-table" aria-rowcount=${rows.length + 4}>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr aria-rowindex="1">
          <th scope="col" rowspan="2">${t('Concept')}</th>
          <th scope="colgroup" colspan="2">${t('Pairs kept')}</th>
          <th scope="colgroup" colspan="5" title=${main.explain}>${capital(main.label)}</th>
          ${others.map(
            ({ label, explain }) =>
              html`<th scope="colgroup" colspan="3" title=${explain}>${capital(label)}</th>`,
          )}
        </tr>
        <tr aria-rowindex="2">
          ${columns.map((column) => html`<th scope="col">${column}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${virtualRows({ count: rows.length, pinned: -1, row: (index) => rowView(rows[index]!, index) })}
      </tbody>
      <tfoot>
        ${besideView(t('Mean |cosine| between directions'), directions.mean, rows.length + 3)}
        ${besideView(t('Largest |cosine| between directions'), directions.largest, rows.length + 4)}
      </tfoot>
    </table>
  </div>`;
}

const missing: BothModels = { first: null, second: null, difference: null };

function rowView({ name, kept: [first, second], common }: ComparisonRow, index: number): TemplateResult {
  const { geometry } = common ?? {};
  return html`<tr data-concept=${name} data-index=${index} aria-rowindex=${index + 3}>
    <th scope="row">${isolated(name)}</th>
    <td>${formatCount(first)}</td>
    <td>${second === null ? '–' : formatCount(second)}</td>
    ${threeCells(geometry?.leaveOneOut ?? missing, main.format)}
    <td>${formatRange(geometry?.leaveOneOut.interval)}</td>
    <td>${common ? formatCount(common.pairs) : '–'}</td>
    ${others.map(({ compared, format }) => threeCells(geometry?.[compared] ?? missing, format))}
  </tr>`;
}

function threeCells(
  { first, second, difference }: BothModels,
  format: ConceptMetric['format'] = formatCosine,
): TemplateResult {
  return html`<td data-value=${first ?? ''}>${format(first)}</td>
    <td data-value=${second ?? ''}>${format(second)}</td>
    <td class="change" data-value=${difference ?? ''}>${signed(difference)}</td>`;
}

function besideView(label: string, values: BothModels, row: number): TemplateResult {
  return html`<tr aria-rowindex=${row}>
    <th scope="row" colspan="3">${label}</th>
    ${threeCells(values)}
    <td colspan=${2 + 3 * others.length}></td>
  </tr>`;
}
