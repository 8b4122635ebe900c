import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from '../state/actions';

/**
 * Why there is no newer result, and what can be done; *Retry* posts `again`.
 *
 * @param line of the concept file, if that is at fault
 */
export function problemView(
  problem: string,
  line: number | null,
  { post }: Actions,
  again: 'retry' | 'ready' = 'retry',
): TemplateResult {
  return html`<div class="problem" role="alert" data-testid="problem">
    <p>${problem}</p>
    ${
      post
        ? html`<span class="buttons">
            ${
              line === null
                ? html`<vscode-button
                    data-testid="retry"
                    @click=${() => {
                      post({ type: again });
                    }}
                    >${t('Retry')}</vscode-button
                  >`
                : html`<vscode-button
                    data-testid="open-problem"
                    @click=${() => {
                      post({ type: 'command', command: 'openProblem' });
                    }}
                    >${t`Open Line ${line}`}</vscode-button
                  >`
            }
            <vscode-button
              appearance="secondary"
              data-testid="show-log"
              @click=${() => {
                post({ type: 'command', command: 'showLog' });
              }}
              >${t('Show Log')}</vscode-button
            >
          </span>`
        : nothing
    }
  </div>`;
}
