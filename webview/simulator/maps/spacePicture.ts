import { html, svg, type TemplateResult } from 'lit';
import { conceptColorNumber } from '../../charts/theme';
import { placedLabels, type PlacedLabel } from './labelPlaces';
import { projected, type Projected, type Turn } from './rotation';

/** Labelled points in the unit ball, and lines between them. */
export interface Scene {
  readonly points: readonly (readonly number[])[];
  readonly labels: readonly string[];
  readonly lines: readonly { readonly from: number; readonly to: number; readonly concept: number }[];
}

const width = 300;
const height = 270;
const scale = 112;
/** The scene at a given rotation. */
export function spacePicture(scene: Scene, turn: Turn): TemplateResult {
  const { points, labels, lines } = scene;
  const seen = points.map((point) => projected(point, turn));
  const near = (a: number, b: number) => (seen[a]!.near + seen[b]!.near) / 2;
  const linesByDepth = lines.toSorted((a, b) => near(a.from, a.to) - near(b.from, b.to));
  const byDepth = [...seen.keys()].sort((a, b) => seen[a]!.near - seen[b]!.near);
  // The nearest points place their labels first.
  const nearestFirst = byDepth.toReversed();
  const placed = placedLabels(
    nearestFirst.map((at) => ({ ...placeOf(seen[at]!), text: labels[at]! })),
    { width, height },
  );
  const labelOf = new Map(nearestFirst.map((at, rank) => [at, placed[rank]!]));
  return html`<svg class="space" viewBox="0 0 ${width} ${height}" aria-hidden="true">
    ${linesByDepth.map(({ from, to, concept }) => lineOf(seen[from]!, seen[to]!, concept))}
    ${byDepth.map((at) => pointOf(seen[at]!, labels[at]!, labelOf.get(at)!))}
  </svg>`;
}

function lineOf(a: Projected, b: Projected, concept: number) {
  const [from, to] = [placeOf(a), placeOf(b)];
  return svg`<line class="space-line concept-${conceptColorNumber(concept)}" opacity=${depth((a.near + b.near) / 2)}
    x1=${from.x} y1=${from.y} x2=${to.x} y2=${to.y} />`;
}

function pointOf(point: Projected, label: string, text: PlacedLabel) {
  const { x, y } = placeOf(point);
  return svg`<g opacity=${depth(point.near)} data-point=${label}>
    <circle class="space-point" cx=${x} cy=${y} r=${round(4 + 1.4 * point.near)} />
    <text class="space-label" x=${round(text.x)} y=${round(text.y)}>${label}</text>
  </g>`;
}

function placeOf({ x, y }: Projected) {
  return { x: round(width / 2 + scale * x), y: round(height / 2 + scale * y) };
}

/** Points farther away are fainter. */
function depth(near: number): number {
  return round(Math.max(0.35, Math.min(1, 0.72 + 0.32 * near)));
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
