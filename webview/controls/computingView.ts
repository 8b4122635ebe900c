import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { GeometryState } from '../../src/protocol/panelMessages';

/** What a view that was asked for is waiting for, in its place until it is there. The rest of the page is up to date. */
export function computingView(state: GeometryState): TemplateResult | typeof nothing {
  const { computing, progress } = state;
  if (!computing || !progress || state[computing] !== null) return nothing;
  return html`<p class="empty-line" id="computing" data-testid="computing" role="status">
    ${t`${progress.message}…`}
  </p>`;
}
