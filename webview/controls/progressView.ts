import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { Progress } from '../../src/protocol/progress';
import type { Actions } from '../state/actions';

/** The progress message and a button to cancel, in the toolbar. */
export function progressView({ message }: Progress, { post }: Actions): TemplateResult {
  return html`<vscode-progress-ring class="ring" aria-hidden="true"></vscode-progress-ring>
    <span class="progress-message" role="status" title=${message}>${message}</span>
    ${
      post
        ? html`<vscode-button
            appearance="secondary"
            data-testid="cancel"
            @click=${() => {
              post({ type: 'cancel' });
            }}
            >${t('Cancel')}</vscode-button
          >`
        : nothing
    }`;
}

/** The thin line along the panel's upper edge, whose space is always reserved. */
export function progressLineView(progress: Progress | null): TemplateResult {
  const fraction = progress?.fraction ?? null;
  const now = fraction === null ? undefined : Math.round(fraction * 100);
  return html`<div class="progress-line">
    ${
      progress
        ? html`<div
            class="progress-done ${fraction === null ? 'unknown' : ''}"
            role="progressbar"
            aria-label=${progress.message}
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=${now ?? nothing}
            .style=${now === undefined ? '' : `width: ${now}%`}
          ></div>`
        : nothing
    }
  </div>`;
}
