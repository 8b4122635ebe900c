import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { metricsOf } from '../../src/format/conceptMetrics';
import { leftOutText } from '../../src/format/conceptSummary';
import { formatCount } from '../../src/format/numbers';
import { plural } from '../../src/format/plural';
import type { ShownConcept } from './shownConcept';
import type { UiState } from '../state/uiState';

/** The numbers of one concept, large. */
export function figuresView(
  { concept, geometry, product, asked }: ShownConcept,
  ui: UiState,
): TemplateResult {
  const context = { geometry, kept: concept.kept, product, asked };
  return html`<div class="figures" data-testid="figures">
    ${metricsOf('figure', ui.selfPairs).map(({ value, format, label, figure, details, explain }) =>
      figureView({
        value: format(value(geometry)),
        label,
        detail: figure(context),
        title: details?.(geometry, asked) ?? explain,
      }),
    )}
    ${figureView({
      value: formatCount(concept.kept),
      label: t('pairs kept'),
      detail: [t`of ${plural(concept.given, 'pair')}`, ...leftOutText(concept)].join(', '),
    })}
  </div>`;
}

interface Figure {
  readonly value: string;
  readonly label: string;
  readonly detail: string;
  readonly title?: string;
}

export function figureView({ value, label, detail, title }: Figure): TemplateResult {
  return html`<div class="figure" title=${title ?? nothing}>
    <span class="figure-value">${value}</span> <span>${label}</span>
    <span class="figure-detail">${detail}</span>
  </div>`;
}
