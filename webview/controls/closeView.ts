import { html, nothing, type TemplateResult } from 'lit';
import type { ClosableView } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';

/** A button that closes a view that the user opened; omitted in a report. */
export function closeView(view: ClosableView, { post }: Actions): TemplateResult | typeof nothing {
  if (!post) return nothing;
  return html`<vscode-button
    appearance="secondary"
    data-testid="close-${view}"
    aria-label="Close the ${view}"
    @click=${() => {
      post({ type: 'close', view });
    }}
    >Close</vscode-button
  >`;
}
