import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { fileNamePart } from '../../src/export/fileNamePart';
import { isolated } from '../../src/format/isolated';
import { formatCount, formatDecimal, productName, sampleSize } from '../../src/format/numbers';
import { intervalText } from '../../src/format/statistics';
import { matrix } from '../../src/geometry/matrix';
import type { CategoriesResult, CategoryResult } from '../../src/protocol/categoriesResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import { memoize } from '../charts/memoize';
import { drawOverlaid, setDash } from '../charts/overlaid';
import { conceptColorNumber } from '../charts/theme';
import { selectView } from '../controls/choices';
import { figureMenu } from '../figures/figureMenu';
import { probeFacts } from '../figures/probeFacts';
import { figureView } from '../geometry/figuresView';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';

type Measured = CategoryResult & { readonly heldOut: NonNullable<CategoryResult['heldOut']> };

/** Histograms of one category's held-out words and of random tokens on its vector. */
export function heldOutView(
  probed: ProbeResult,
  { categories, randomTokens }: CategoriesResult,
  ui: UiState,
  { choose }: Actions,
): TemplateResult | typeof nothing {
  const measured = categories.filter((category): category is Measured => category.heldOut !== null);
  const shown = measured.find(({ name }) => name === ui.category) ?? measured[0];
  if (!shown) return nothing;
  const name = isolated(shown.name);
  const { separation } = shown.heldOut;
  const sets = setsOf(shown);
  const tokens = formatCount(randomTokens);
  const sentence = t`AUC ${formatDecimal(separation.auc.value, 3)}: how often a held-out word lies further along than a random token.`;
  return html`<figure data-testid="held-out">
    <h3>${t`Held-out words of ${name}`}</h3>
    <p class="lead">
      ${t`Each word on the vector that the other words make, and ${tokens} random tokens. 1: the mean of the words; 0: the mean of the vocabulary.`}
    </p>
    <div class="choices">
      ${selectView({
        id: 'category',
        label: t('Category'),
        choices: measured.map((one) => ({ value: one.name, label: isolated(one.name) })),
        chosen: shown.name,
        choose: (category) => {
          choose({ category });
        },
      })}
    </div>
    <div class="figures">
      ${figureView({ value: formatDecimal(separation.auc.value, 3), label: 'AUC', detail: intervalText(separation.auc) ?? t('missing') })}
      ${figureView({
        value: formatDecimal(separation.dPrime?.value ?? null, 2),
        label: 'd′',
        detail: intervalText(separation.dPrime) ?? t('missing'),
        title: t('Difference of the means over the pooled standard deviation'),
      })}
      ${figureView({
        value: formatDecimal(shown.shrinkage, 2),
        label: t('shrinkage'),
        detail: t('share of the identity'),
        title: t('1: the vector is the plain mean of the words (Ledoit–Wolf)'),
      })}
      ${figureView({
        value: formatCount(shown.kept),
        label: t('words kept'),
        detail: t`of ${formatCount(shown.words.length)}`,
      })}
    </div>
    <p class="set-legend">
      ${sets.map(
        ({ label, color, values }) =>
          html`<span class="concept-${conceptColorNumber(color)}"
            ><span class="swatch"></span>${label}, ${sampleSize(values.length)}</span
          >`,
      )}
    </p>
    <probe-picture
      .sentence=${t`Histograms of the held-out words of ${name} and of random tokens. ${sentence}`}
      .drawing=${drawn(shown)}
      aria-label=${t`Held-out words of ${name}. Left and right go from bin to bin.`}
    ></probe-picture>
    ${figureMenu({
      name: `held-out.${fileNamePart(shown.name)}`,
      facts: probeFacts(probed, {
        title: t`Held-out words of ${name} on its vector`,
        product: productName('causal'),
        n: sampleSize(shown.kept),
        comparedWith: t`${tokens} random tokens`,
        notes: [sentence],
      }),
      drawing: drawn(shown),
      keys: sets.map(({ label, color }, at) => ({ text: label, color, look: { dash: setDash(at) } })),
      table: () => ({
        caption: t`Held-out words of ${name}`,
        noun: 'Token',
        rows: shown.words.filter(({ status }) => status === 'kept').map(({ word }) => isolated(word)),
        columns: [name],
        values: matrix(shown.kept, 1, shown.heldOut.words),
      }),
    })}
  </figure>`;
}

function setsOf({ name, heldOut }: Measured) {
  return [
    { label: t('random tokens'), values: heldOut.others, color: 0 },
    { label: isolated(name), values: heldOut.words, color: 1 },
  ];
}

const drawn = memoize((category: Measured) =>
  drawOverlaid({ sets: setsOf(category), plotHeight: 150, hasRug: true }),
);
