import { html, nothing, type TemplateResult } from 'lit';
import type { ConceptGeometry } from '../../src/protocol/geometryResult';
import { conceptColorNumber } from './theme';

/** The start of the axis shared by all rows: −1 if any mean or interval bound is negative, otherwise 0. */
export function barStart(geometries: readonly ConceptGeometry[]): -1 | 0 {
  const lowest = ({ leaveOneOut: { mean, interval } }: ConceptGeometry) =>
    Math.min(mean ?? 0, interval?.low ?? 0);
  return geometries.some((geometry) => lowest(geometry) < 0) ? -1 : 0;
}

/**
 * The mean leave-one-out cosine as a bar, its interval as a whisker, and behind both the range of random pairs: two standard
 * deviations around their mean. Styles are set as properties (`.style`), because the policy forbids style attributes.
 */
export function inlineBar(
  { leaveOneOut: { mean, interval }, random }: ConceptGeometry,
  index: number,
  start: -1 | 0,
): TemplateResult {
  const share = (at: number) => (Math.max(start, Math.min(1, at)) - start) / (1 - start);
  const span = (from: number, to: number) =>
    `left: ${share(from) * 100}%; width: ${(share(to) - share(from)) * 100}%`;
  const band = random?.cosine;
  return html`<span class="inline-bar concept-${conceptColorNumber(index)}"
    >${
      band
        ? html`<span
            class="inline-bar-random"
            .style=${span(band.mean - 2 * band.sd, band.mean + 2 * band.sd)}
          ></span>`
        : nothing
    }<span class="inline-bar-fill" .style=${span(Math.min(0, mean ?? 0), Math.max(0, mean ?? 0))}></span
    ><span class="inline-bar-zero" .style=${`left: ${share(0) * 100}%`}></span>${
      interval
        ? html`<span class="inline-bar-whisker" .style=${span(interval.low, interval.high)}></span>`
        : nothing
    }</span
  >`;
}
