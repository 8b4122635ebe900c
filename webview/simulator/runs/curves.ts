import type { Pen } from '../../charts/pen';
import type { Box, Drawing, DrawingSpace, Picture } from '../../charts/picture';
import { ticksOf, type ValueAxis } from '../../charts/valueAxis';
import { paperDash } from '../../figures/paperTheme';
import type { PlaceAxis } from './placeAxis';

/** Lines over the steps of a training run, or over the places of a sweep. */
export interface Curves {
  readonly lines: readonly CurveLine[];
  /** Places with a tooltip. */
  readonly places: readonly number[];
  readonly placeAxis: PlaceAxis;
  readonly axis: ValueAxis;
  /** A level to compare with. */
  readonly level: { readonly value: number; readonly text: string } | null;
  /** A place to mark with a vertical line. */
  readonly mark?: number | undefined;
  /** The tooltip of an entry of `places`, below its name. */
  readonly describe: (at: number) => readonly string[];
}

export interface CurveLine {
  /** Index of a concept colour. */
  readonly color: number;
  readonly points: readonly (readonly [place: number, value: number])[];
  /** Half the length of the error bar of each point; the points of a line with errors are dots. */
  readonly errors?: readonly number[];
  /** `run`: one of several, drawn behind their mean; `other`: the other side of a comparison. */
  readonly look: 'main' | 'run' | 'other';
}

export interface CurvesLayout {
  readonly left: number;
  readonly top: number;
  readonly plotWidth: number;
  readonly plotHeight: number;
  readonly xOf: (place: number) => number;
  readonly yOf: (value: number) => number;
  readonly placeTicks: readonly number[];
}

const left = 42;
const right = 14;
const top = 10;
const plotHeight = 140;
const bottom = 22;
const titleHeight = 16;

export function drawCurves(curves: Curves): Drawing {
  return (space) => curvesPicture(curves, space);
}

function curvesPicture(curves: Curves, space: DrawingSpace): Picture {
  const layout = layoutOf(curves, space);
  const height = top + plotHeight + bottom + (curves.placeAxis.title === undefined ? 0 : titleHeight);
  const places = curves.places.map(layout.xOf);
  return {
    width: space.width,
    height,
    scrollHeight: height,
    rows: curves.places.length === 0 ? 0 : 1,
    columns: curves.places.length,
    paint: (context) => {
      paintCurves(context, curves, layout, space);
    },
    cellAt: (x, y) => {
      const isInside = x > left - 8 && x < space.width && y > 0 && y < top + plotHeight + bottom;
      return isInside && places.length > 0 ? { row: 0, column: nearest(places, x) } : undefined;
    },
    boxOf: ({ column }): Box => ({ left: places[column]! - 0.5, top, width: 1, height: plotHeight }),
    scrollTopFor: (_cell, scrollTop) => scrollTop,
    describe: ({ column }) => [curves.placeAxis.describe(curves.places[column]!), ...curves.describe(column)],
  };
}

function layoutOf({ axis, placeAxis }: Curves, { width }: DrawingSpace): CurvesLayout {
  const plotWidth = Math.max(40, width - left - right);
  const { ticks: placeTicks, share } = placeAxis.within(plotWidth);
  return {
    ...{ left, top, plotWidth, plotHeight, placeTicks },
    xOf: (place) => left + share(place) * plotWidth,
    yOf: (value) => top + (1 - (value - axis.min) / (axis.max - axis.min)) * plotHeight,
  };
}

function nearest(places: readonly number[], x: number): number {
  let best = 0;
  places.forEach((place, at) => {
    if (Math.abs(place - x) < Math.abs(places[best]! - x)) best = at;
  });
  return best;
}

const labelSize = 11;
const looks = {
  main: { width: 2, opacity: 1, dash: [] },
  run: { width: 1, opacity: 0.3, dash: [] },
  other: { width: 2, opacity: 1, dash: [6, 4] },
} as const;

/** Paints the axes, the level and the lines. */
export function paintCurves(
  context: Pen,
  curves: Curves,
  layout: CurvesLayout,
  { theme, isPaper = false }: DrawingSpace,
): void {
  const { left, top, plotWidth, plotHeight } = layout;
  context.font = `${labelSize}px ${theme.fontFamily}`;
  context.fillStyle = theme.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of ticksOf(curves.axis)) {
    const y = Math.round(layout.yOf(value)) + 0.5;
    stroke(
      context,
      [
        [left, y],
        [left + plotWidth, y],
      ],
      { color: theme.line, width: 1, opacity: 0.6 },
    );
    context.fillText(curves.axis.format(value), left - 6, y);
  }
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const place of layout.placeTicks)
    context.fillText(curves.placeAxis.format(place), layout.xOf(place), top + plotHeight + 6);
  if (curves.placeAxis.title !== undefined)
    context.fillText(curves.placeAxis.title, left + plotWidth / 2, top + plotHeight + bottom);
  if (curves.level) paintLevel(context, curves.level, layout, theme.foreground);
  if (curves.mark !== undefined) {
    const x = Math.round(layout.xOf(curves.mark)) + 0.5;
    const ends = [
      [x, top],
      [x, top + plotHeight],
    ] as const;
    stroke(context, ends, { color: theme.foreground, width: 1, opacity: 1 });
  }
  const isOfSeveral = new Set(curves.lines.map(({ color }) => color)).size > 1;
  for (const line of inOrder(curves.lines)) {
    const { width, opacity, dash } = looks[line.look];
    // On paper the colour may be missing.
    const isDashed = isPaper && isOfSeveral && line.look === 'main';
    const points = line.points.map(([place, value]) => [layout.xOf(place), layout.yOf(value)] as const);
    stroke(context, points, {
      ...{ color: theme.concept(line.color), width, opacity },
      dash: isDashed ? paperDash(line.color) : dash,
    });
    if (line.errors) paintErrors(context, line, line.errors, layout, theme.concept(line.color));
  }
}

const dotRadius = 3;

/** A dot at every point, with a bar of its error. */
function paintErrors(
  context: Pen,
  { points }: CurveLine,
  errors: readonly number[],
  { xOf, yOf }: CurvesLayout,
  color: string,
): void {
  context.fillStyle = color;
  points.forEach(([place, value], at) => {
    if (Number.isNaN(value)) return;
    const [x, error] = [xOf(place), errors[at]!];
    if (!Number.isNaN(error)) {
      const ends = [
        [x, yOf(value - error)],
        [x, yOf(value + error)],
      ] as const;
      stroke(context, ends, { color, width: 1.5, opacity: 1 });
    }
    context.beginPath();
    context.arc(x, yOf(value), dotRadius, 0, 2 * Math.PI);
    context.fill();
  });
}

/** Sorts the thin lines of single runs to the back. */
function inOrder(lines: readonly CurveLine[]): readonly CurveLine[] {
  return [...lines.filter(({ look }) => look === 'run'), ...lines.filter(({ look }) => look !== 'run')];
}

function paintLevel(
  context: Pen,
  { value, text }: NonNullable<Curves['level']>,
  { left, plotWidth, yOf }: CurvesLayout,
  color: string,
): void {
  const y = Math.round(yOf(value)) + 0.5;
  stroke(
    context,
    [
      [left, y],
      [left + plotWidth, y],
    ],
    { color, width: 1, opacity: 0.8, dash: [4, 3] },
  );
  context.fillStyle = color;
  context.textAlign = 'right';
  context.fillText(text, left + plotWidth, y + 4);
}

interface Stroke {
  readonly color: string;
  readonly width: number;
  readonly opacity: number;
  readonly dash?: readonly number[];
}

/** A line through the points with a gap at undefined ones. */
function stroke(
  context: Pen,
  points: readonly (readonly [x: number, y: number])[],
  { color, width, opacity, dash = [] }: Stroke,
): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.globalAlpha = opacity;
  context.lineJoin = 'round';
  context.setLineDash([...dash]);
  context.beginPath();
  let isBroken = true;
  for (const [x, y] of points) {
    if (Number.isNaN(y)) isBroken = true;
    else if (isBroken) {
      context.moveTo(x, y);
      isBroken = false;
    } else context.lineTo(x, y);
  }
  context.stroke();
  context.globalAlpha = 1;
  context.setLineDash([]);
}
