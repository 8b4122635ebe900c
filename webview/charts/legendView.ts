import { t } from '@vscode/l10n';
import { html, type TemplateResult } from 'lit';
import { formatCosine } from '../../src/format/numbers';

/** The legend of the maps' colour scale, or of its upper half for absolute values. `applyTheme` sets its colours. */
export function legendView(isAbsolute = false): TemplateResult {
  const [name, ticks, words] = isAbsolute
    ? [t('|cosine|'), [0, 0.5, 1], t('Colour scale of the |cosine|: white 0, orange 1')]
    : [t('cosine'), [-1, 0, 1], t('Colour scale of the cosine: blue −1, white 0, orange 1')];
  return html`<div class="legend ${isAbsolute ? 'absolute' : ''}" role="img" aria-label=${words}>
    <span class="legend-title">${name}</span>
    <span class="legend-scale"></span>
    <span class="legend-ticks">${ticks.map((tick) => html`<span>${formatCosine(tick)}</span>`)}</span>
  </div>`;
}
