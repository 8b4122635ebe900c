import { html, nothing, type TemplateResult } from 'lit';
import { formatCount } from '../../src/format/numbers';
import { innerProducts, type CovarianceSummary, type InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { Actions } from '../state/actions';
import { radioView } from '../controls/choices';
import { formatPercent, formatScientific } from '../../src/format/statistics';
import { geometryOf, hasCausal } from './geometryOf';
import type { UiState } from '../state/uiState';

const labels: Readonly<Record<InnerProduct, string>> = { euclidean: 'Euclidean', causal: 'Causal' };
const meanings: Readonly<Record<InnerProduct, string>> = {
  euclidean: '⟨u, v⟩ = uᵀv',
  causal: '⟨u, v⟩ = uᵀ Cov(γ)⁻¹ v, where γ are the rows of the unembedding',
};

/** Why a result has no causal inner product. */
export function withoutCausal({ causalProblem }: ProbeResult): string {
  return causalProblem ?? 'This result has no causal inner product: it was not requested.';
}

/** In which inner product everything below is measured, and what stands behind it. */
export function productView(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { product } = geometryOf(result, ui.product);
  return html`<div class="product">
    ${radioView({
      id: 'product',
      label: 'Inner product',
      choices: innerProducts.toReversed().map((value) => {
        const disabled = value === 'causal' && !hasCausal(result);
        return {
          value,
          label: labels[value],
          title: disabled ? withoutCausal(result) : meanings[value],
          disabled,
        };
      }),
      chosen: product,
      choose: (value) => {
        actions.choose({ product: value });
      },
    })}
    <p class="facts" data-testid="product-facts">
      ${
        product === 'causal' && result.covariance
          ? covarianceFacts(result.covariance, result.settings.allRows)
          : html`<span>${meanings[product]}</span>`
      }
      ${result.causalProblem === null ? nothing : html`<span class="warning">${result.causalProblem}</span>`}
    </p>
  </div>`;
}

function covarianceFacts(
  { vocabSize, condition, ridge, ridgeReason }: CovarianceSummary,
  allRows: boolean,
): TemplateResult {
  return html`<span title=${meanings.causal}
      >Cov(γ) over ${formatCount(vocabSize)} ${allRows ? 'rows' : 'tokens'}</span
    >
    <span title="Largest over smallest eigenvalue, estimated"
      >condition number ≈ ${formatScientific(condition)}</span
    >
    ${
      ridge > 0
        ? html`<span
            >ridge of ${formatPercent(ridge)} of the mean
            variance${ridgeReason === null ? nothing : `: ${ridgeReason}`}</span
          >`
        : nothing
    }`;
}
