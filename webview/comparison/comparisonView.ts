import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { meanLeaveOneOut } from '../../src/format/conceptMetrics';
import { formatCosine, productName, sampleSize } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { intervalText } from '../../src/format/statistics';
import { isolated } from '../../src/format/isolated';
import { inShownProduct } from '../../src/format/shownProduct';
import type { ModelComparison } from '../../src/protocol/modelComparison';
import type { ModelSummary } from '../../src/protocol/modelSummary';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { Actions } from '../state/actions';
import { closeView } from '../controls/closeView';
import { comparisonRows, largestChange, type ComparisonRow } from './comparisonRows';
import { comparisonTable } from './comparisonTable';
import { geometryOf } from '../geometry/geometryOf';
import { signed } from '../geometry/signed';
import type { UiState } from '../state/uiState';

/** The same concepts in two models, or in two precisions of one. */
export function comparisonView(
  a: ProbeResult,
  comparison: ModelComparison,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { second, common } = comparison;
  const chosen = geometryOf(a, ui.product);
  const { product, value: directions } = inShownProduct(common, chosen.product);
  const rows = comparisonRows(a, comparison, product);
  return html`<section
    id="comparison"
    class="comparison"
    data-testid="comparison"
    aria-labelledby="comparison-title"
  >
    <div class="concept-head">
      <h2 id="comparison-title">${t('Comparison')}</h2>
      ${closeView('comparison', actions)}
    </div>
    <dl class="sides">${sideView('A', a.model)} ${sideView('B', second.model)}</dl>
    <p class="lead" data-testid="comparison-summary">${summaryOf(rows, productName(product))}</p>
    ${
      product !== chosen.product
        ? html`<p class="note">
            ${t('Only one of the two has the causal inner product: both are compared in the Euclidean one.')}
          </p>`
        : nothing
    }
    ${comparisonTable(rows, directions, productName(product))}
  </section>`;
}

function sideView(side: string, { name, file, head }: ModelSummary): TemplateResult {
  return html`<div>
    <dt>${side}</dt>
    <dd><strong>${name}</strong> <span>${t`${file}, head in ${head.elementType}`}</span></dd>
  </div>`;
}

function summaryOf(rows: readonly ComparisonRow[], product: string): string {
  const size = sampleSize(rows.length);
  const compared = rows.length === 1 ? t`${size} concept` : t`${size} concepts`;
  const largest = largestChange(rows);
  if (!largest) return t`No concept has a ${meanLeaveOneOut.label} in both; ${product}, ${compared}.`;
  const { name, first, second, difference, interval } = largest;
  const differing = rows.filter(({ kept, common }) => kept.some((count) => count !== common?.pairs)).length;
  const change = [signed(difference), intervalText(interval)].filter(Boolean).join(', ');
  return [
    t`The ${meanLeaveOneOut.label} differs most in ${isolated(name)}: ${formatCosine(first)} in A, ${formatCosine(second)} in B (${change}); ${product}, ${compared}.`,
    differing === 0
      ? t('Both keep the same pairs of every concept.')
      : t`Of ${plural(differing, 'concept')} the two keep different pairs: only those that both keep are compared.`,
  ].join(' ');
}
