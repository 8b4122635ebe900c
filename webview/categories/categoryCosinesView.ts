import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { formatCosine, productName, sampleSize } from '../../src/format/numbers';
import { row, submatrix } from '../../src/geometry/matrix';
import type { CategoriesResult } from '../../src/protocol/categoriesResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { drawHeatMap } from '../charts/heatMap';
import { emptyDiagonalNotes, emptyDiagonalView, legendView } from '../charts/legendView';
import { memoize } from '../charts/memoize';
import { mapTable, tableView } from '../controls/tableView';
import { mapWidth } from '../figures/figure';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';

/** The cosine of each category's vector with every other: kin have words in common. */
export function categoryCosinesView(
  probed: ProbeResult,
  result: CategoriesResult,
  ui: UiState,
  actions: Actions,
): TemplateResult | typeof nothing {
  const { labels, cosine, drawing } = mapOf(result);
  if (labels.length < 2) return nothing;
  const title = t('Cosines of the vectors of categories');
  const table = () => mapTable(t('Cosines of the vectors of categories, causal'), labels, cosine);
  return html`<figure data-testid="category-cosines">
    <h3>${title}</h3>
    <probe-picture
      .sentence=${t`Heat map of the cosines of ${sampleSize(labels.length)} vectors of categories, causal.`}
      .drawing=${drawing}
      aria-label=${t('Cosines of the vectors of categories. Arrow keys move.')}
    ></probe-picture>
    <figcaption>${legendView()} ${emptyDiagonalView(labels.length)}</figcaption>
    ${figureMenu({
      name: 'categories.cosines',
      facts: probeFacts(probed, {
        title,
        product: productName('causal'),
        n: sampleSize(labels.length),
        comparedWith: null,
        notes: emptyDiagonalNotes(labels.length),
      }),
      drawing,
      width: mapWidth(labels.length),
      scale: 'signed',
      table,
    })}
    ${tableView('category-cosines', table, ui, actions)}
  </figure>`;
}

/** Only categories that have a vector. */
const mapOf = memoize(({ categories, cosine: all }: CategoriesResult) => {
  const places = categories.flatMap(({ norm }, i) => (norm === null ? [] : [i]));
  const labels = places.map((i) => isolated(categories[i]!.name));
  const cosine = submatrix(all, places);
  const drawing = drawHeatMap({
    labels,
    cosine,
    isSelfDiagonal: true,
    describe: ({ row: i, column: j }) => [
      `${labels[i]!} × ${labels[j]!}`,
      t`cosine ${formatCosine(row(cosine, i)[j]!)}, ${productName('causal')}`,
    ],
  });
  return { labels, cosine, drawing };
});
