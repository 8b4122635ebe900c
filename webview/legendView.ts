import { html, type TemplateResult } from 'lit';

/** The one scale of all maps. Its colours are set by {@link applyTheme}. */
export function legendView(): TemplateResult {
  return html`<div
    class="legend"
    role="img"
    aria-label="Colour scale of the cosine: blue −1, white 0, orange 1"
  >
    <span class="legend-title">cosine</span>
    <span class="legend-scale"></span>
    <span class="legend-ticks"><span>−1</span><span>0</span><span>1</span></span>
  </div>`;
}
