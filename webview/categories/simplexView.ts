import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { formatDecimal } from '../../src/format/numbers';
import type { CategoriesResult, Siblings } from '../../src/protocol/categoriesResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { memoize } from '../charts/memoize';
import { conceptColorNumber } from '../charts/theme';
import { selectView } from '../controls/choices';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import type { ShownSimplex } from './probeSimplex';

/** One group of siblings as a simplex that can be turned. */
export function simplexView(
  probed: ProbeResult,
  { simplices }: CategoriesResult,
  ui: UiState,
  { choose }: Actions,
): TemplateResult | typeof nothing {
  const shown = simplices.find(({ parent }) => parent !== null && parent === ui.siblings) ?? simplices[0];
  if (!shown) return nothing;
  return html`<figure data-testid="simplex">
    <h3>${t('Siblings as a simplex')}</h3>
    <p class="lead">${lengthsText(shown)}</p>
    ${
      simplices.length > 1
        ? html`<div class="choices">
            ${selectView({
              id: 'siblings',
              label: t('Parent'),
              choices: simplices.map(({ parent }) => ({
                value: parent ?? '',
                label: parent === null ? t('none') : isolated(parent),
              })),
              chosen: shown.parent ?? '',
              choose: (parent) => {
                choose({ siblings: parent });
              },
            })}
          </div>`
        : nothing
    }
    <p class="set-legend">
      ${shown.names.map(
        (name, color) =>
          html`<span class="concept-${conceptColorNumber(color)}"
            ><span class="swatch"></span>${isolated(name)}</span
          >`,
      )}
    </p>
    <probe-simplex .shown=${propertiesOf(shown)(probed)}></probe-simplex>
  </figure>`;
}

/** Memoized, because a simplex that stays the same keeps its rotation and is not drawn again. */
const propertiesOf = memoize((siblings: Siblings) =>
  memoize((probed: ProbeResult): ShownSimplex => ({
    siblings,
    probed,
    title:
      siblings.parent === null
        ? t('The categories without a parent as a simplex')
        : t`The subcategories of ${isolated(siblings.parent)} as a simplex`,
  })),
);

function lengthsText({ edges, shown, center }: Siblings): string {
  const [shortest, longest] = [Math.min(...edges), Math.max(...edges)].map((value) =>
    formatDecimal(value, 2),
  );
  const lengths =
    edges.length === 1
      ? t`The edge is ${shortest!} long.`
      : t`Edges are ${shortest!} to ${longest!} long; in a regular simplex all are equal.`;
  const axes = t`Three axes show ${formatDecimal(100 * shown, 0)}\u00a0% of the corners’ squared distances.`;
  const middle =
    center === 'vocabulary' ? t('Cross: the mean of the vocabulary.') : t('Cross: the mean of the corners.');
  return `${t('Large dots: vectors; small dots: words.')} ${middle} ${lengths} ${axes} ${t('Drag to turn it.')}`;
}
