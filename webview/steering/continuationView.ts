import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { productName } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import { isolated } from '../../src/format/isolated';
import type { ContinuationState, ContinueChoice } from '../../src/protocol/steeringMessages';
import type { Actions } from '../state/actions';
import { formatAlpha } from './alphas';

/** What the context goes on with for each α, the part that differs from the first α in full colour. */
export function continuationView(
  { written, progress, problem, isOutdated }: ContinuationState,
  { post }: Actions,
): TemplateResult {
  return html`<div class="steering-written" data-testid="continuation">
    ${
      progress
        ? html`<p class="steering-progress" role="status">
            <vscode-progress-ring class="ring" aria-hidden="true"></vscode-progress-ring>
            <span>${progress.message}</span>
            ${
              post
                ? html`<vscode-button
                    appearance="secondary"
                    data-testid="steering-cancel"
                    @click=${() => {
                      post({ type: 'cancel' });
                    }}
                    >${t('Cancel')}</vscode-button
                  >`
                : nothing
            }
          </p>`
        : nothing
    }
    ${problem === null ? nothing : html`<p data-testid="continuation-problem" role="alert">${problem}</p>`}
    ${
      isOutdated && written
        ? html`<p class="note" data-testid="continuation-outdated">
            ${t('The numbers behind these texts have changed since; continue again to update them.')}
          </p>`
        : nothing
    }
    ${written ? writtenView(written, progress !== null || isOutdated, post) : nothing}
  </div>`;
}

function writtenView(
  { choice, result }: NonNullable<ContinuationState['written']>,
  isOld: boolean,
  post: Actions['post'],
): TemplateResult {
  const { continuations, concept, product } = result;
  const caption = t`${plural(choice.count, 'token')} along ${isolated(concept)}, ${productName(product)}, ${methodText(choice)}`;
  const first = continuations[0]?.text ?? '';
  return html`<div
      class="table-scroll ends ${isOld ? 'steering-old' : ''}"
      tabindex="0"
      role="region"
      aria-label=${t('Continuations')}
    >
      <table class="numbers steering-texts" data-testid="continuations">
        <caption>
          ${caption}
        </caption>
        <thead>
          <tr>
            <th scope="col">α</th>
            <th scope="col" class="piece">${t('Continuation')}</th>
          </tr>
        </thead>
        <tbody>
          ${continuations.map(({ alpha, text }) => {
            const same = commonStart(text, first);
            return html`<tr data-alpha=${alpha}>
              <th scope="row">${formatAlpha(alpha)}</th>
              <td class="piece">
                <span class="steering-text" dir="auto"
                  >…${
                    text === first
                      ? text
                      : html`<span class="steering-same">${text.slice(0, same)}</span
                          ><span data-testid="steering-changed">${text.slice(same)}</span>`
                  }</span
                >
              </td>
            </tr>`;
          })}
        </tbody>
      </table>
    </div>
    ${
      post
        ? html`<vscode-button
            appearance="secondary"
            data-testid="copy-continuations"
            title=${t('Copy the table as CSV')}
            @click=${() => {
              post({ type: 'copyContinuations' });
            }}
            >${t('Copy')}</vscode-button
          >`
        : nothing
    }`;
}

function methodText({ temperature, seed }: ContinueChoice): string {
  return temperature === 0 ? t('greedy') : t`sampled at temperature ${temperature} with seed ${seed}`;
}

/** Length of the longest common start of whole words. */
function commonStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  if (at === a.length && at === b.length) return at;
  return a.slice(0, at).search(/\S*$/u);
}
