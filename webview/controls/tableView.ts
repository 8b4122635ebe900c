import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Matrix } from '../../src/geometry/matrix';
import type { FigureTable } from '../../src/export/figures/figureTable';
import { formatCosine, formatCount } from '../../src/format/numbers';
import { tableHeading } from '../../src/format/tableHeadings';
import type { Actions } from '../state/actions';
import type { TableId, UiState } from '../state/uiState';
import { virtualRows } from './virtualRows';

/** Tables have at most this many columns: a million cells would not be readable. */
const mostColumns = 60;
/** Widest column of names, in the width of a letter. */
const widestName = 40;

/** The table of a concept × concept map. */
export function mapTable(caption: string, concepts: readonly string[], values: Matrix): FigureTable {
  return { caption, noun: 'Concept', rows: concepts, columns: concepts, values };
}

/** The values of a chart as a table, built when the reader opens it. */
export function tableView(
  id: TableId,
  table: () => FigureTable,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const isOpen = ui.openTables.includes(id);
  const toggled = (event: Event) => {
    const { open } = event.currentTarget as HTMLDetailsElement;
    if (open !== isOpen) actions.toggleTable(id, open);
  };
  return html`<details class="table" ?open=${isOpen} @toggle=${toggled}>
    <summary>${t('Show as table')}</summary>
    ${isOpen ? numbersTable(table()) : nothing}
  </details>`;
}

function numbersTable({
  caption,
  noun,
  rows,
  columns,
  shownColumns = columns,
  values,
  format = formatCosineOf,
}: FigureTable): TemplateResult {
  const headings = shownColumns.slice(0, mostColumns);
  // Names that are not in the document yet do not widen their column when they come.
  const nameWidth = Math.min(widestName, Math.max(0, ...rows.map((name) => name.length)));
  const cell = (row: number, column: number) => {
    const value = values.data[row * values.columns + column]!;
    const exact = Number.isNaN(value) ? '' : String(value);
    return html`<td data-row=${rows[row]!} data-column=${columns[column]!} data-value=${exact}>
      ${format(value, column)}
    </td>`;
  };
  return html`${
      columns.length > mostColumns
        ? html`<p class="note">
            ${t`The first ${mostColumns} of ${formatCount(columns.length)} columns; an export has them all.`}
          </p>`
        : nothing
    }
    <div class="table-scroll" tabindex="0" role="region" aria-label=${caption}>
      <table class="numbers" aria-rowcount=${rows.length + 1}>
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr aria-rowindex="1">
            <th scope="col" .style=${`min-width: ${nameWidth}ch`}>${tableHeading(noun)}</th>
            ${headings.map((heading) => html`<th scope="col">${heading}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${virtualRows({
            count: rows.length,
            pinned: -1,
            row: (row) =>
              html`<tr data-index=${row} aria-rowindex=${row + 2}>
                <th scope="row">${rows[row]!}</th>
                ${headings.map((_, column) => cell(row, column))}
              </tr>`,
          })}
        </tbody>
      </table>
    </div>`;
}

function formatCosineOf(value: number): string {
  return formatCosine(value);
}
