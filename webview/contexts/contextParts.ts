import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { isolated } from '../../src/format/isolated';
import type { SkippedConcept } from '../../src/protocol/contextResult';
import type { InnerProduct } from '../../src/protocol/geometryResult';

/** The result in the product that is shown, or in the only one there is. */
export function contextsOf<R extends { readonly product: InnerProduct }>(
  results: readonly R[],
  product: InnerProduct,
): R | undefined {
  return results.find((result) => result.product === product) ?? results[0];
}

/** Concepts without a direction, with the reasons. */
export function skippedView(skipped: readonly SkippedConcept[]): TemplateResult | typeof nothing {
  if (skipped.length === 0) return nothing;
  return html`<p class="note" data-testid="skipped-concepts">
    ${t`Without: ${skipped.map(({ name, reason }) => `${isolated(name)} (${reason.replace(/\.$/u, '')})`).join('; ')}.`}
  </p>`;
}
