import { html, nothing, type TemplateResult } from 'lit';
import { formatCosine, plural, sampleSize } from '../src/protocol/formatNumbers';
import { isolated } from '../src/protocol/isolated';
import type { ModelSummary } from '../src/protocol/modelSummary';
import type { ProbeResult } from '../src/protocol/probeResult';
import type { Actions } from './actions';
import { closeView } from './closeView';
import { besideDiagonal, comparisonRows, largestChange, type ComparisonRow } from './comparisonRows';
import { comparisonTable } from './comparisonTable';
import { geometryOf, hasCausal, type Geometry } from './geometryOf';
import { signed } from './signed';
import type { UiState } from './uiState';

/** The same concepts in two models, or in two precisions of one. */
export function comparisonView(
  a: ProbeResult,
  b: ProbeResult,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const both = hasCausal(a) && hasCausal(b);
  const product = both ? ui.product : 'euclidean';
  const [inA, inB] = [geometryOf(a, product), geometryOf(b, product)];
  const rows = comparisonRows(a, b, inA, inB);
  const isFallback = geometryOf(a, ui.product).product !== inA.product;
  return html`<section
    id="comparison"
    class="comparison"
    data-testid="comparison"
    aria-labelledby="comparison-title"
  >
    <div class="concept-head">
      <h2 id="comparison-title">Comparison</h2>
      ${closeView('comparison', actions)}
    </div>
    <dl class="sides">${sideView('A', a.model)} ${sideView('B', b.model)}</dl>
    <p class="lead" data-testid="comparison-summary">${summaryOf(rows, inA)}</p>
    ${
      isFallback
        ? html`<p class="note">
            Only one of the two has the causal inner product: both are compared in the Euclidean one.
          </p>`
        : nothing
    }
    ${comparisonTable(rows, besideDiagonal(inA), besideDiagonal(inB), inA.name)}
  </section>`;
}

function sideView(side: string, { name, file, head }: ModelSummary): TemplateResult {
  return html`<div>
    <dt>${side}</dt>
    <dd><strong>${name}</strong> <span>${file}, head in ${head.elementType}</span></dd>
  </div>`;
}

function summaryOf(rows: readonly ComparisonRow[], { name }: Geometry): string {
  const compared = `${sampleSize(rows.length)} ${rows.length === 1 ? 'concept' : 'concepts'}`;
  const largest = largestChange(rows);
  if (!largest) return `No concept has a mean leave-one-out cosine in both; ${name}, ${compared}.`;
  const differing = rows.filter(({ a, b }) => a.kept !== b?.kept).length;
  return (
    `The mean leave-one-out cosine differs most in ${isolated(largest.name)}: ${formatCosine(largest.a)} in A, ` +
    `${formatCosine(largest.b)} in B (${signed(largest.b - largest.a)}); ${name}, ${compared}. ` +
    (differing === 0
      ? 'All concepts keep the same number of pairs.'
      : `${plural(differing, 'concept')} ${differing === 1 ? 'keeps' : 'keep'} another number of pairs.`)
  );
}
