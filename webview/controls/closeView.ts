import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import type { ClosableView } from '../../src/protocol/panelMessages';
import type { Actions } from '../state/actions';

const labels: Readonly<Record<ClosableView, string>> = {
  between: t('Close the pairs of two concepts'),
  vocabulary: t('Close the vocabulary'),
  nearest: t('Close the nearest tokens'),
  comparison: t('Close the comparison'),
  manyModels: t('Close the comparison of models'),
  analogies: t('Close the analogies'),
  alignment: t('Close the alignment'),
  measurement: t('Close the measurement'),
  categories: t('Close the categories'),
  steering: t('Close the steering'),
};

/** A button that closes a view that the user opened; omitted in a report. */
export function closeView(view: ClosableView, { post }: Actions): TemplateResult | typeof nothing {
  if (!post) return nothing;
  return html`<vscode-button
    appearance="secondary"
    data-testid="close-${view}"
    aria-label=${labels[view]}
    @click=${() => {
      post({ type: 'close', view });
    }}
    >${t('Close')}</vscode-button
  >`;
}
