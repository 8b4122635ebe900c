import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { matrix } from '../../src/geometry/matrix';
import { isolated } from '../../src/format/isolated';
import { formatCosine, formatCount, formatDecimal } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { formatP } from '../../src/format/statistics';
import type { CategoriesResult, CategoryResult } from '../../src/protocol/categoriesResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { closeView } from '../controls/closeView';
import { tableView } from '../controls/tableView';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { categoryCosinesView } from './categoryCosinesView';
import { childrenView } from './childrenView';
import { heldOutView } from './heldOutView';
import { simplexView } from './simplexView';

/** The vectors of the file's categories: held-out words, parents and children, all cosines, and siblings as a simplex. */
export function categoriesView(
  probed: ProbeResult,
  result: CategoriesResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { categories } = result;
  const without = categories.filter(({ norm }) => norm === null);
  return html`<section
    id="categories"
    class="contexts"
    data-testid="categories"
    aria-labelledby="categories-title"
  >
    <div class="concept-head">
      <h2 id="categories-title">${t('Categories')}</h2>
      ${closeView('categories', actions)}
    </div>
    <p class="lead">
      ${t`Vectors ℓ of ${plural(categories.length, 'category')} from their words and those of their subcategories, causal inner product.`}
    </p>
    ${
      without.length > 0
        ? html`<p class="note" data-testid="without-vector">
            ${t`Fewer than three words count, so there is no vector: ${without.map(({ name }) => isolated(name)).join(', ')}.`}
          </p>`
        : nothing
    }
    ${heldOutView(probed, result, ui, actions)} ${childrenView(probed, result, actions)}
    ${simplexView(probed, result, ui, actions)} ${categoryCosinesView(probed, result, ui, actions)}
    <h3>${t('Numbers')}</h3>
    <div data-testid="category-numbers">${numbersView(categories, ui, actions)}</div>
  </section>`;
}

function numbersView(categories: readonly CategoryResult[], ui: UiState, actions: Actions): TemplateResult {
  const columns = [
    ...['Words', 'Kept', 'Norm', 'Shrinkage', 'AUC', 'AUC low', 'AUC high', 'd′'],
    ...['Cosine to parent', 'Random 5 %', 'Random 95 %', 'p', 'Other parents'],
  ];
  const shownColumns = [
    ...[t('Words'), t('Kept'), t('Norm'), t('Shrinkage'), 'AUC', t('AUC low'), t('AUC high'), 'd′'],
    ...[t('Cosine to parent'), t('Random 5\u00a0%'), t('Random 95\u00a0%'), 'p', t('Other parents')],
  ];
  const valuesOf = ({ words, kept, norm, shrinkage, heldOut, toParent }: CategoryResult): number[] => {
    const { auc, dPrime } = heldOut?.separation ?? {};
    const chance = toParent?.chance;
    return [
      ...[words.length, kept, norm ?? NaN, shrinkage ?? NaN],
      ...[auc?.value ?? NaN, auc?.low ?? NaN, auc?.high ?? NaN, dPrime?.value ?? NaN],
      ...[toParent?.cosine ?? NaN, chance?.low ?? NaN, chance?.high ?? NaN, chance?.p ?? NaN],
      toParent?.otherParents ?? NaN,
    ];
  };
  const format = (value: number, column: number): string => {
    if (column < 2) return formatCount(value);
    if (column === 11) return formatP(value);
    return column > 3 && column < 7 ? formatDecimal(value, 3) : formatCosine(value);
  };
  return tableView(
    'categories',
    () => ({
      caption: t('Categories, causal inner product'),
      noun: 'Category',
      rows: categories.map(({ name }) => isolated(name)),
      ...{ columns, shownColumns, format },
      values: matrix(categories.length, columns.length, Float64Array.from(categories.flatMap(valuesOf))),
    }),
    ui,
    actions,
  );
}
