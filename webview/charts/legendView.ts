import { t } from '@vscode/l10n';
import { html, nothing, type TemplateResult } from 'lit';
import { formatCosine } from '../../src/format/numbers';
import { canMarkCells } from './heatMapLayout';

/** What the colour of a cell is: a cosine, its absolute value, or a rank correlation. */
export type ColorScale = 'signed' | 'absolute' | 'correlation';

/** The name over the scale, where there is only room for one or two words. */
export const scaleNames: Readonly<Record<ColorScale, string>> = {
  signed: t('cosine'),
  absolute: t('|cosine|'),
  correlation: t('rank correlation'),
};

const scaleWords: Readonly<Record<ColorScale, string>> = {
  signed: t('Colour scale of the cosine: blue −1, white 0, orange 1'),
  absolute: t('Colour scale of the |cosine|: white 0, orange 1'),
  correlation: t('Colour scale of the rank correlation: blue −1, white 0, orange 1'),
};

/** Why cells of the diagonal are empty, if a map with this many rows has any. */
export function emptyDiagonalView(rows: number): TemplateResult | typeof nothing {
  return canMarkCells(rows)
    ? html`<p class="legend-empty"><span></span> ${t('each with itself: 1 by definition')}</p>`
    : nothing;
}

/** The same in the caption of a figure. */
export function emptyDiagonalNotes(rows: number): readonly string[] {
  return canMarkCells(rows) ? [t('Diagonal: each with itself, 1 by definition.')] : [];
}

/** The legend of the maps' colour scale, or of its upper half for absolute values. `applyTheme` sets its colours. */
export function legendView(scale: ColorScale = 'signed'): TemplateResult {
  const ticks = scale === 'absolute' ? [0, 0.5, 1] : [-1, 0, 1];
  return html`<div
    class="legend ${scale === 'absolute' ? 'absolute' : ''}"
    role="img"
    aria-label=${scaleWords[scale]}
  >
    <span class="legend-title">${scaleNames[scale]}</span>
    <span class="legend-scale"></span>
    <span class="legend-ticks">${ticks.map((tick) => html`<span>${formatCosine(tick)}</span>`)}</span>
  </div>`;
}
