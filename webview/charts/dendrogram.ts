import type { ClusterTree } from '../../src/geometry/clusterTree';
import { formatCosine } from '../../src/format/numbers';
import { memoize } from './memoize';
import type { ZoomedLayout } from './heatMapLayout';
import type { Pen } from './pen';
import type { DrawingSpace } from './picture';
import { measureIn } from './textWidth';

/** Between the map and the tree. */
const gap = 2;
const margin = 6;
const labelSize = 10;
/** In pixels: joints of rows closer together would only be a grey area. */
const narrowestJoint = 1.5;

/** The width that a tree takes beside a map. */
export function treeRoom(spaceWidth: number): number {
  return Math.round(Math.max(36, Math.min(110, 0.14 * spaceWidth)));
}

/** A merge as a joint of two branches: positions of both among the rows as they are shown, and the similarities where they begin. */
interface Joint {
  readonly a: number;
  readonly b: number;
  readonly fromA: number;
  readonly fromB: number;
  readonly similarity: number;
}

/** The joints of a tree, from the leaves to the root; a row is at its middle, a cluster halfway between its two. */
export const jointsOf: (tree: ClusterTree) => readonly Joint[] = memoize(({ order, merges }) => {
  const n = order.length;
  const places = new Float64Array(n + merges.length);
  const similarities = new Float64Array(n + merges.length).fill(1);
  order.forEach((row, place) => {
    places[row] = place + 0.5;
  });
  return merges.map(({ a, b, similarity }, at) => {
    places[n + at] = (places[a]! + places[b]!) / 2;
    similarities[n + at] = similarity;
    return {
      a: places[a]!,
      b: places[b]!,
      fromA: similarities[a]!,
      fromB: similarities[b]!,
      similarity,
    };
  });
});

/** Paints the tree to the right of its map: from a similarity of 1 at the rows to that of the last merge, or 0. */
export function paintDendrogram(
  context: Pen,
  tree: ClusterTree,
  { left, top, plot, plotHeight, originY, rowHeight }: ZoomedLayout,
  { theme, width }: DrawingSpace,
): void {
  const joints = jointsOf(tree);
  const start = left + plot + gap;
  const room = treeRoom(width) - gap;
  const lowest = Math.min(0, joints.at(-1)?.similarity ?? 0);
  const x = (similarity: number) => start + ((1 - similarity) / (1 - lowest)) * room;
  const y = (place: number) => originY + place * rowHeight;
  context.save();
  context.beginPath();
  context.rect(start, top, room + 1, plotHeight);
  context.clip();
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.beginPath();
  for (const { a, b, fromA, fromB, similarity } of joints) {
    if (Math.abs(y(a) - y(b)) < narrowestJoint) continue;
    context.moveTo(x(fromA), y(a));
    context.lineTo(x(similarity), y(a));
    context.lineTo(x(similarity), y(b));
    context.lineTo(x(fromB), y(b));
  }
  context.stroke();
  context.restore();
  paintScale(context, { start, room, lowest, y: top + plotHeight + margin }, theme);
}

function paintScale(
  context: Pen,
  { start, room, lowest, y }: { start: number; room: number; lowest: number; y: number },
  theme: DrawingSpace['theme'],
): void {
  const font = `${labelSize}px ${theme.fontFamily}`;
  const [near, far] = [formatCosine(1), formatCosine(lowest)];
  const measure = measureIn(font);
  if (measure(near) + measure(far) + 8 > room) return;
  context.font = font;
  context.fillStyle = theme.muted;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  context.fillText(near, start, y);
  context.textAlign = 'right';
  context.fillText(far, start + room, y);
}
