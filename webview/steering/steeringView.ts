import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import { capital, formatDecimal, productName } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { SteerResult } from '../../src/protocol/contextResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';
import type { ProbeResult } from '../../src/protocol/probeResult';
import type { ContinuationState, SteeredContext } from '../../src/protocol/steeringMessages';
import { selectView } from '../controls/choices';
import { closeView } from '../controls/closeView';
import type { Actions } from '../state/actions';
import type { UiState } from '../state/uiState';
import { continuationView } from './continuationView';

/** A context whose last hidden state is moved along a concept. */
export function steeringView(
  result: ProbeResult,
  steered: SteeredContext,
  continuation: ContinuationState | null,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { ending, hasMore, isCut, result: numbers } = steered;
  const { product, concept, tokens, windowed, hiddenNorm, stepNorm } = numbers;
  const name = isolated(concept);
  return html`<section
    id="steering"
    class="vocabulary steering"
    data-testid="steering"
    aria-labelledby="steering-title"
  >
    <div class="concept-head">
      <h2 id="steering-title">${t`Steering along ${name}`}</h2>
      ${closeView('steering', actions)}
    </div>
    <p class="lead">
      ${vectorText(product)} ${t('Only the next token is steered; the rest of the model stays as it is.')}
    </p>
    <blockquote class="steering-context" data-testid="steering-context">
      <span class="steering-text" dir="auto">${hasMore ? '…' : ''}${ending}</span
      ><span class="steering-caret" aria-hidden="true"></span>
    </blockquote>
    <p class="facts" data-testid="steering-facts">
      <span>${t`${plural(tokens, 'token')} read`}</span>
      ${windowed || isCut ? html`<span>${t('only the end of the text')}</span>` : nothing}
      <span>‖λ‖ = ${formatDecimal(hiddenNorm, 2)}</span>
      <span>‖v‖ = ${formatDecimal(stepNorm, 2)}</span>
    </p>
    ${directionView(result, numbers, actions)}
    <probe-steering .shown=${{ result, steered, ui, actions }}></probe-steering>
    ${continuation ? continuationView(continuation, actions) : nothing} ${skippedView(numbers)}
  </section>`;
}

function vectorText(product: InnerProduct): string {
  return product === 'causal'
    ? t(
        'The last hidden state λ of this context becomes λ + αv, where v is Cov(γ)⁻¹ times the concept’s direction (causal inner product).',
      )
    : t(
        'The last hidden state λ of this context becomes λ + αv, where v is the concept’s direction (Euclidean inner product).',
      );
}

/** The same context along another direction. */
function directionView(
  { concepts, directions }: ProbeResult,
  { concept, product }: SteerResult,
  { post }: Actions,
): TemplateResult | typeof nothing {
  if (!post) return nothing;
  const products: InnerProduct[] = directions.causal ? ['causal', 'euclidean'] : [product];
  return html`<div class="choices">
    ${selectView({
      id: 'steering-concept',
      label: t('Concept'),
      choices: concepts.map(({ name }) => ({ value: name, label: isolated(name) })),
      chosen: concept,
      choose: (other) => {
        post({ type: 'steer', concept: other });
      },
    })}
    ${selectView({
      id: 'steering-product',
      label: t('Inner product'),
      choices: products.map((value) => ({ value, label: capital(productName(value)) })),
      chosen: product,
      choose: (other) => {
        post({ type: 'steer', product: other });
      },
    })}
  </div>`;
}

function skippedView({ skipped }: SteerResult): TemplateResult | typeof nothing {
  if (skipped.length === 0) return nothing;
  return html`<ul class="note" data-testid="steering-skipped">
    ${skipped.map(({ reason }) => html`<li>${reason}</li>`)}
  </ul>`;
}
