import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { capital, formatCount, productName } from '../../src/format/numbers';
import { innerProducts, type CovarianceSummary, type InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { Actions } from '../state/actions';
import { radioView } from '../controls/choices';
import { formatPercent, formatScientific } from '../../src/format/statistics';
import { geometryOf, hasCausal } from './geometryOf';
import type { UiState } from '../state/uiState';

const meanings: Readonly<Record<InnerProduct, string>> = {
  euclidean: '⟨u, v⟩ = uᵀv',
  causal: t('⟨u, v⟩ = uᵀ Cov(γ)⁻¹ v, where γ are the rows of the unembedding'),
};

/** Why a result has no causal inner product. */
export function withoutCausal({ causalProblem }: ProbeResult): string {
  return causalProblem ?? t('This result has no causal inner product: it was not requested.');
}

/** In which inner product everything below is measured, and why it is not the causal one. */
export function productView(result: ProbeResult, ui: UiState, actions: Actions): TemplateResult {
  const { product } = geometryOf(result, ui.product);
  return html`<div class="product">
    ${radioView({
      id: 'product',
      label: t('Inner product'),
      choices: innerProducts.toReversed().map((value) => {
        const disabled = value === 'causal' && !hasCausal(result);
        return {
          value,
          label: capital(productName(value)),
          title: disabled ? withoutCausal(result) : meanings[value],
          disabled,
        };
      }),
      chosen: product,
      choose: (value) => {
        actions.choose({ product: value });
      },
    })}
    ${result.causalProblem === null ? nothing : html`<p class="facts"><span class="warning">${result.causalProblem}</span></p>`}
  </div>`;
}

/** What stands behind the inner product. */
export function productFacts(result: ProbeResult, ui: UiState): TemplateResult {
  const { product } = geometryOf(result, ui.product);
  return html`<p class="facts" data-testid="product-facts">
    ${
      product === 'causal' && result.covariance
        ? covarianceFacts(result.covariance, result.settings.allRows)
        : html`<span>${meanings[product]}</span>`
    }
  </p>`;
}

function covarianceFacts(
  { vocabSize, condition, ridge, ridgeReason }: CovarianceSummary,
  allRows: boolean,
): TemplateResult {
  const [rows, share] = [formatCount(vocabSize), formatPercent(ridge)];
  return html`<span title=${meanings.causal}
      >${allRows ? t`Cov(γ) over ${rows} rows` : t`Cov(γ) over ${rows} tokens`}</span
    >
    <span title=${t('Largest over smallest eigenvalue, estimated')}
      >${t`condition number ≈ ${formatScientific(condition)}`}</span
    >
    ${
      ridge > 0
        ? html`<span
            >${
              ridgeReason === null
                ? t`ridge of ${share} of the mean variance`
                : t`ridge of ${share} of the mean variance: ${ridgeReason}`
            }</span
          >`
        : nothing
    }`;
}
