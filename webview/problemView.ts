import { html, nothing, type TemplateResult } from 'lit';
import type { Actions } from './actions';

/** Why there is no newer result, and what can be done; *Retry* posts `again`. */
export function problemView(
  problem: string,
  { post }: Actions,
  again: 'retry' | 'ready' = 'retry',
): TemplateResult {
  return html`<div class="problem" role="alert" data-testid="problem">
    <p>${problem}</p>
    ${
      post
        ? html`<span class="buttons">
            <vscode-button
              data-testid="retry"
              @click=${() => {
                post({ type: again });
              }}
              >Retry</vscode-button
            >
            <vscode-button
              appearance="secondary"
              data-testid="show-log"
              @click=${() => {
                post({ type: 'command', command: 'showLog' });
              }}
              >Show Log</vscode-button
            >
          </span>`
        : nothing
    }
  </div>`;
}
