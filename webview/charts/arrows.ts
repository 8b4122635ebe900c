import { isolated } from '../../src/format/isolated';
import type { Pen } from './pen';
import type { Cell, Drawing, DrawingSpace, Picture } from './picture';
import { elided, measureIn } from './textWidth';
import { ticksOf, type ValueAxis } from './valueAxis';

/** An arrow from the origin to (x, y). */
export interface Arrow {
  readonly name: string;
  /** Index of the concept, for its colour. */
  readonly concept: number;
  readonly x: number;
  readonly y: number;
  readonly isChosen: boolean;
}

export interface Arrows {
  readonly arrows: readonly Arrow[];
  readonly xName: string;
  readonly yName: string;
  readonly xAxis: ValueAxis;
  readonly yAxis: ValueAxis;
  readonly describe: (arrow: number) => readonly string[];
}

interface Layout {
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

const left = 46;
const right = 16;
const top = 24;
const bottom = 44;
const labelSize = 11;
const markSize = 14;
/** Largest distance in pixels at which the mouse selects a tip, and a shaft. */
const tipReach = 12;
const shaftReach = 4;

/** Arrows from one point, painted directly, because they follow a slider. */
export function drawArrows(arrows: Arrows): Drawing {
  return (space) => arrowsPicture(arrows, space);
}

function arrowsPicture(drawn: Arrows, space: DrawingSpace): Picture {
  const layout = layoutOf(drawn, space);
  const { arrows } = drawn;
  const height = top + layout.plotHeight + bottom;
  const tip = (arrow: Arrow) => [layout.x(arrow.x), layout.y(arrow.y)] as const;
  return {
    width: space.width,
    height,
    scrollHeight: height,
    rows: 1,
    columns: arrows.length,
    paint: (context) => {
      paintAxes(context, drawn, layout, space);
      const chosenLast = arrows.toSorted((a, b) => Number(a.isChosen) - Number(b.isChosen));
      for (const arrow of chosenLast) paintArrow(context, arrow, layout, space);
      paintLabels(context, arrows, layout, space);
    },
    cellAt: (x, y) => arrowAt(arrows, layout, x, y),
    boxOf: ({ column }) => {
      const [x, y] = tip(arrows[column]!);
      return { left: x - markSize / 2, top: y - markSize / 2, width: markSize, height: markSize };
    },
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: ({ column }) => drawn.describe(column),
  };
}

function layoutOf({ xAxis, yAxis }: Arrows, { width }: DrawingSpace): Layout {
  const plotWidth = Math.max(40, width - left - right);
  const plotHeight = Math.round(Math.max(220, Math.min(420, plotWidth * 0.7)));
  const share = ({ min, max }: ValueAxis, value: number) => (value - min) / (max - min);
  return {
    plotWidth,
    plotHeight,
    x: (value) => left + share(xAxis, value) * plotWidth,
    y: (value) => top + (1 - share(yAxis, value)) * plotHeight,
  };
}

function arrowAt(arrows: readonly Arrow[], { x, y }: Layout, atX: number, atY: number): Cell | undefined {
  let found: Cell | undefined;
  let least = 1;
  arrows.forEach((arrow, column) => {
    const [tipX, tipY] = [x(arrow.x) - x(0), y(arrow.y) - y(0)];
    const [mouseX, mouseY] = [atX - x(0), atY - y(0)];
    const length = tipX ** 2 + tipY ** 2;
    const along = length === 0 ? 0 : Math.max(0, Math.min(1, (mouseX * tipX + mouseY * tipY) / length));
    const toShaft = Math.hypot(mouseX - along * tipX, mouseY - along * tipY) / shaftReach;
    const toTip = Math.hypot(mouseX - tipX, mouseY - tipY) / tipReach;
    const distance = Math.min(toTip, toShaft);
    if (distance >= least) return;
    least = distance;
    found = { row: 0, column };
  });
  return found;
}

function paintAxes(context: Pen, drawn: Arrows, layout: Layout, space: DrawingSpace) {
  const { theme, width } = space;
  const { plotWidth, plotHeight, x, y } = layout;
  const font = `${labelSize}px ${theme.fontFamily}`;
  const measure = measureIn(font);
  context.font = font;
  const line = (fromX: number, fromY: number, toX: number, toY: number, isZero: boolean) => {
    context.globalAlpha = isZero ? 1 : 0.6;
    context.strokeStyle = isZero ? theme.muted : theme.line;
    context.lineWidth = 1;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.lineTo(toX, toY);
    context.stroke();
    context.globalAlpha = 1;
  };
  context.fillStyle = theme.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of ticksOf(drawn.yAxis)) {
    const at = Math.round(y(value)) + 0.5;
    line(left, at, left + plotWidth, at, value === 0);
    context.fillText(drawn.yAxis.format(value), left - 6, at);
  }
  context.textBaseline = 'top';
  context.textAlign = 'center';
  const { step, min, format } = drawn.xAxis;
  // Labels that would touch are left out, outwards from 0.
  const every = Math.ceil((measure(format(min)) + 8) / (x(step) - x(0)));
  for (const value of ticksOf(drawn.xAxis)) {
    const at = Math.round(x(value)) + 0.5;
    line(at, top, at, top + plotHeight, value === 0);
    if (Math.round(value / step) % every === 0) context.fillText(format(value), at, top + plotHeight + 6);
  }
  context.fillStyle = theme.foreground;
  context.textAlign = 'left';
  context.fillText(elided(drawn.yName, width - 12, measure), 6, 4);
  context.textAlign = 'right';
  context.fillText(elided(drawn.xName, width - right - 6, measure), width - right, top + plotHeight + 24);
}

function paintArrow(context: Pen, arrow: Arrow, { x, y }: Layout, { theme }: DrawingSpace) {
  const [fromX, fromY, toX, toY] = [x(0), y(0), x(arrow.x), y(arrow.y)];
  const length = Math.hypot(toX - fromX, toY - fromY);
  const angle = Math.atan2(toY - fromY, toX - fromX);
  const head = Math.min(arrow.isChosen ? 10 : 7, length);
  const color = theme.concept(arrow.concept);
  context.strokeStyle = color;
  context.fillStyle = color;
  context.lineWidth = arrow.isChosen ? 3 : 1.25;
  context.beginPath();
  context.moveTo(fromX, fromY);
  context.lineTo(toX - head * Math.cos(angle), toY - head * Math.sin(angle));
  context.stroke();
  context.beginPath();
  context.moveTo(toX, toY);
  for (const side of [-0.4, 0.4])
    context.lineTo(toX - head * Math.cos(angle + side), toY - head * Math.sin(angle + side));
  context.fill();
  if (length >= 2) return;
  context.beginPath();
  context.arc(toX, toY, arrow.isChosen ? 3 : 2, 0, 2 * Math.PI);
  context.fill();
}

/** Names at the tips where they fit: the steered concept's first, then the longest arrows'. */
function paintLabels(
  context: Pen,
  arrows: readonly Arrow[],
  { plotWidth, plotHeight, x, y }: Layout,
  { theme }: DrawingSpace,
) {
  const measure = measureIn(`${labelSize}px ${theme.fontFamily}`);
  const length = (arrow: Arrow) => Math.hypot(x(arrow.x) - x(0), y(arrow.y) - y(0));
  const order = arrows.toSorted((a, b) => Number(b.isChosen) - Number(a.isChosen) || length(b) - length(a));
  const taken: Rectangle[] = order.flatMap((arrow) =>
    [0.25, 0.5, 0.75, 1].map((along) => around(x(along * arrow.x), y(along * arrow.y), 3)),
  );
  const isInside = (box: Rectangle) =>
    box.left >= left && box.right <= left + plotWidth && box.top >= top && box.bottom <= top + plotHeight;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  for (const arrow of order) {
    if (length(arrow) < 24) continue;
    const text = isolated(elided(arrow.name, 0.4 * plotWidth, measure));
    const width = measure(text);
    const [tipX, tipY] = [x(arrow.x), y(arrow.y)];
    const within = Math.max(left, Math.min(left + plotWidth - width, tipX - width / 2));
    const places = [
      [arrow.x < 0 ? tipX - 7 - width : tipX + 7, tipY],
      [within, tipY - 12],
      [within, tipY + 12],
    ] as const;
    const box = places
      .map(([atX, atY]) => ({ left: atX, right: atX + width, top: atY - 7, bottom: atY + 7 }))
      .find((candidate) => isInside(candidate) && !taken.some((other) => overlap(candidate, other)));
    if (!box) continue;
    taken.push(box);
    context.fillStyle = theme.background;
    context.fillRect(box.left, box.top, width, 14);
    context.fillStyle = theme.foreground;
    context.fillText(text, box.left, box.top + 7);
  }
}

interface Rectangle {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function around(x: number, y: number, reach: number): Rectangle {
  return { left: x - reach, right: x + reach, top: y - reach, bottom: y + reach };
}

function overlap(a: Rectangle, b: Rectangle): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
