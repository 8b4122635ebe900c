import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { capital, formatCosine, formatCount, productName } from '../../src/format/numbers';
import { describeRows } from '../../src/format/rowsWithoutToken';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { NearestResult } from '../../src/protocol/vocabularyResult';
import { closeView } from '../controls/closeView';
import { textField } from '../controls/fields';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { nearestMarkdown, nearestRows, nearestTsv, sortedBy } from './nearestRows';
import type { NearestColumn } from './nearestUi';

/** The tokens nearest to a word moved along a concept, as a table to sort, search and copy. */
export function nearestView(
  result: NearestResult,
  product: InnerProduct,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { base, concept, count, products, tokens, padding } = result;
  const rows = nearestRows(result, ui.nearest, product);
  const title = `${isolated(base)} + ${isolated(concept)}`;
  const change = (to: Partial<UiState['nearest']>) => {
    actions.choose({ nearest: { ...ui.nearest, ...to } });
  };
  const copying = (textOf: typeof nearestTsv) => () => {
    void navigator.clipboard.writeText(textOf(result, rows));
  };
  return html`<section id="nearest" class="vocabulary" data-testid="nearest" aria-labelledby="nearest-title">
    <div class="concept-head">
      <h2 id="nearest-title">${t`Nearest tokens to ${title}`}</h2>
      ${closeView('nearest', actions)}
    </div>
    <p class="lead" data-testid="nearest-summary">
      ${t`The ${formatCount(count)} nearest in each inner product, by the cosine of γ − mean with γ(${isolated(base)}) + mean difference − mean: 1 is the same direction. The word itself usually comes first.`}
      ${padding ? describeRows(padding.rows, padding.counted) : nothing}
    </p>
    <div class="choices">
      ${textField({
        id: 'nearest-filter',
        label: t('Filter'),
        title: t('Only tokens that contain this text; a space stands for the space before a word'),
        value: ui.nearest.filter,
        placeholder: t('part of a token'),
        means: (text) => text === ui.nearest.filter,
        choose: (filter) => {
          change({ filter });
        },
      })}
      <button class="text-button" data-testid="nearest-copy" @click=${copying(nearestTsv)}>
        ${t('Copy')}
      </button>
      <button class="text-button" data-testid="nearest-markdown" @click=${copying(nearestMarkdown)}>
        ${t('Copy as Markdown')}
      </button>
    </div>
    <div
      class="table-scroll ends"
      tabindex="0"
      role="region"
      aria-label=${t`Table of the tokens nearest to ${title}`}
    >
      <table class="numbers" data-testid="nearest-table">
        <caption>
          ${rows.length === tokens.length ? t`${formatCount(rows.length)} tokens` : t`${formatCount(rows.length)} of ${formatCount(tokens.length)} tokens`}
        </caption>
        <thead>
          <tr>
            <th scope="col">#</th>
            ${(['token', 'id', ...products] as const).map((column) => headingView(column, ui, product, change))}
          </tr>
        </thead>
        <tbody>
          ${rows.map(
            ({ id, piece, cosines }, index) =>
              html`<tr>
                <th scope="row">${index + 1}</th>
                <td class="piece" data-token=${id}>${isolated(piece)}</td>
                <td>${id}</td>
                ${cosines.map((value) => html`<td data-value=${value}>${formatCosine(value)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${rows.length === 0 ? html`<p class="note">${t('No token contains this text.')}</p>` : nothing}
  </section>`;
}

/** A heading that sorts by its column, and at the next click the other way round. */
function headingView(
  column: NearestColumn,
  { nearest: { sort, isReversed } }: UiState,
  product: InnerProduct,
  change: (to: Partial<UiState['nearest']>) => void,
): TemplateResult {
  const isSorted = sortedBy(sort, product) === column;
  const label = column === 'token' ? t('Token') : column === 'id' ? t('Id') : capital(productName(column));
  const ascends = column === 'token' || column === 'id';
  const direction = ascends === isReversed ? 'descending' : 'ascending';
  return html`<th
    scope="col"
    class=${column === 'token' ? 'piece' : ''}
    aria-sort=${isSorted ? direction : nothing}
  >
    <button
      class="sort"
      @click=${() => {
        change({ sort: column, isReversed: isSorted && !isReversed });
      }}
    >
      ${label}${isSorted ? html`<span aria-hidden="true"> ${direction === 'ascending' ? '▲' : '▼'}</span>` : nothing}
    </button>
  </th>`;
}
