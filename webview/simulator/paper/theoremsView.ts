import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { formatDecimal } from '../../../src/format/numbers';
import { measuredText, theoremText } from '../../../src/format/paperWords';
import type { TheoremCheck } from '../../../src/simulator/paper/theoremChecks';
import { orNaN } from '../runs/orNaN';

/** For each theorem: what it predicts, what was measured, and whether it holds. */
export function theoremsView(checks: readonly TheoremCheck[], seed: number): TemplateResult {
  return html`<section class="theorems" data-testid="theorems">
    <div>
      <h2>${t('The paper’s theorems')}</h2>
      <p class="lead">${t`Tried on problems small enough to train them exactly, seed ${seed}.`}</p>
    </div>
    ${checks.map(checkView)}
  </section>`;
}

function checkView({ theorem, prediction, measured, verdict, holds }: TheoremCheck): TemplateResult {
  return html`<article class="theorem" data-theorem=${theorem}>
    <h3>
      <span class="verdict ${holds ? 'holds' : 'fails'}"
        ><span aria-hidden="true">${holds ? '✓' : '✗'}</span> ${holds ? t('holds') : t('does not hold')}</span
      >
      ${theoremText(theorem)}
    </h3>
    <p>${prediction}</p>
    <p class="lead">${verdict}</p>
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">${t('Measured')}</th>
          <th scope="col">${t('Value')}</th>
        </tr>
      </thead>
      <tbody>
        ${measured.map(
          ({ name, value }) =>
            html`<tr>
              <th scope="row">${measuredText(name)}</th>
              <td data-value=${value}>${formatMeasured(orNaN(value))}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </article>`;
}

/** Three decimals, or an exponent for values too small for them. */
function formatMeasured(value: number): string {
  return value !== 0 && Math.abs(value) < 0.001
    ? value.toExponential(1).replace('e-', 'e−')
    : formatDecimal(value, 3);
}
