import { isolated } from '../../src/format/isolated';
import type { Siblings } from '../../src/protocol/categoriesResult';
import type { Pen } from '../charts/pen';
import type { Cell, Drawing, DrawingSpace, Picture } from '../charts/picture';
import { elided, measureIn } from '../charts/textWidth';

/** How the simplex is turned, in degrees: around the vertical axis, then towards the reader. */
export interface Rotation {
  readonly turn: number;
  readonly tilt: number;
}

const margin = 16;
const labelSize = 11;
const cornerSize = 5;
const wordSize = 2.5;
/** Largest distance in pixels at which the mouse selects a point. */
const reach = 9;
/** Edges of more corners would hide the words. */
const mostWithEdges = 8;

/** A corner or a word in the picture, with its distance towards the reader. */
interface Point {
  readonly x: number;
  readonly y: number;
  readonly depth: number;
}

/** Corners and words of a simplex as seen from a direction, without perspective, so that parallel edges stay parallel. */
export function drawSimplex(siblings: Siblings, rotation: Rotation): Drawing {
  return (space) => simplexPicture(siblings, rotation, space);
}

function simplexPicture(siblings: Siblings, rotation: Rotation, space: DrawingSpace): Picture {
  const { names, wordsOf } = siblings;
  const height = Math.round(Math.max(240, Math.min(440, space.width * 0.7)));
  const { corners, words, center } = placed(siblings, rotation, space.width, height);
  const owners = wordsOf.flatMap((own, sibling) => own.map((word) => ({ word, sibling })));
  const points = [...corners, ...words];
  return {
    width: space.width,
    height,
    scrollHeight: height,
    rows: 1,
    columns: points.length,
    paint: (context) => {
      paintEdges(context, corners, center, space);
      // The nearest words last, over the others.
      const order = words.map((_, at) => at).sort((a, b) => words[a]!.depth - words[b]!.depth);
      for (const at of order) paintDot(context, words[at]!, owners[at]!.sibling, wordSize, 0.65, space);
      corners.forEach((corner, i) => {
        paintDot(context, corner, i, cornerSize, 1, space);
      });
      paintLabels(context, corners, names, space);
    },
    cellAt: (x, y) => nearest(points, x, y),
    boxOf: ({ column }) => {
      const { x, y } = points[column]!;
      return { left: x - 7, top: y - 7, width: 14, height: 14 };
    },
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: ({ column }) => {
      const owner = owners[column - names.length];
      return owner ? [isolated(owner.word), isolated(names[owner.sibling]!)] : [isolated(names[column]!)];
    },
  };
}

/** The scale is that of any direction, so that nothing grows or shrinks while it turns. */
function placed({ corners, words }: Siblings, { turn, tilt }: Rotation, width: number, height: number) {
  const all = [...corners.data, ...words.data];
  let farthest = 0;
  for (let at = 0; at < all.length; at += 3)
    farthest = Math.max(farthest, Math.hypot(all[at]!, all[at + 1]!, all[at + 2]!));
  const scale = (Math.min(width, height) / 2 - margin) / (farthest || 1);
  const [a, b] = [(turn * Math.PI) / 180, (tilt * Math.PI) / 180];
  const [cosA, sinA, cosB, sinB] = [Math.cos(a), Math.sin(a), Math.cos(b), Math.sin(b)];
  const seen = (x: number, y: number, z: number): Point => {
    const [across, away] = [cosA * x + sinA * z, cosA * z - sinA * x];
    return {
      x: width / 2 + scale * across,
      y: height / 2 - scale * (cosB * y - sinB * away),
      depth: sinB * y + cosB * away,
    };
  };
  const pointsOf = ({ rows, data }: Siblings['corners']): Point[] =>
    Array.from({ length: rows }, (_, i) => seen(data[3 * i]!, data[3 * i + 1]!, data[3 * i + 2]!));
  return { corners: pointsOf(corners), words: pointsOf(words), center: seen(0, 0, 0) };
}

function paintEdges(context: Pen, corners: readonly Point[], center: Point, { theme }: DrawingSpace): void {
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  context.globalAlpha = 0.7;
  if (corners.length <= mostWithEdges)
    corners.forEach((from, i) => {
      for (const to of corners.slice(0, i)) {
        context.beginPath();
        context.moveTo(from.x, from.y);
        context.lineTo(to.x, to.y);
        context.stroke();
      }
    });
  context.beginPath();
  for (const [x, y] of [
    [4, 0],
    [0, 4],
  ] as const) {
    context.moveTo(center.x - x, center.y - y);
    context.lineTo(center.x + x, center.y + y);
  }
  context.stroke();
  context.globalAlpha = 1;
}

function paintDot(
  context: Pen,
  { x, y }: Point,
  sibling: number,
  size: number,
  opacity: number,
  { theme }: DrawingSpace,
): void {
  context.fillStyle = theme.concept(sibling);
  context.globalAlpha = opacity;
  context.beginPath();
  context.arc(x, y, size, 0, 2 * Math.PI);
  context.fill();
  context.globalAlpha = 1;
}

function paintLabels(
  context: Pen,
  corners: readonly Point[],
  names: readonly string[],
  { theme, width }: DrawingSpace,
): void {
  context.font = `${labelSize}px ${theme.fontFamily}`;
  context.textBaseline = 'middle';
  const measure = measureIn(context.font);
  const taken: { readonly left: number; readonly right: number; readonly y: number }[] = [];
  const order = corners.map((_, i) => i).sort((a, b) => corners[b]!.depth - corners[a]!.depth);
  for (const i of order) {
    const { x, y } = corners[i]!;
    const label = isolated(elided(names[i]!, width / 2 - margin, measure));
    const length = measure(label);
    const isLeft = x + cornerSize + 4 + length > width;
    const left = isLeft ? x - cornerSize - 4 - length : x + cornerSize + 4;
    const right = left + length;
    const covers = taken.some(
      (other) => left < other.right && right > other.left && Math.abs(y - other.y) < labelSize + 2,
    );
    if (covers) continue;
    taken.push({ left, right, y });
    // A background in place of an outline, which the pen of figures does not have.
    context.fillStyle = theme.background;
    context.globalAlpha = 0.75;
    context.fillRect(left - 2, y - labelSize / 2 - 2, length + 4, labelSize + 4);
    context.globalAlpha = 1;
    context.fillStyle = theme.foreground;
    context.textAlign = 'left';
    context.fillText(label, left, y);
  }
}

function nearest(points: readonly Point[], x: number, y: number): Cell | undefined {
  let found: Cell | undefined;
  let least = reach;
  points.forEach((point, column) => {
    const distance = Math.hypot(point.x - x, point.y - y);
    if (distance >= least) return;
    least = distance;
    found = { row: 0, column };
  });
  return found;
}
