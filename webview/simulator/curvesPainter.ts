import type { DrawingSpace } from '../picture';
import type { CurveLine, Curves, CurvesLayout } from './curvesPicture';

const labelSize = 11;
const looks = {
  main: { width: 2, opacity: 1, dash: [] },
  run: { width: 1, opacity: 0.3, dash: [] },
  other: { width: 2, opacity: 1, dash: [6, 4] },
} as const;

/** Paints axes, the level and the lines. */
export function paintCurves(
  context: CanvasRenderingContext2D,
  curves: Curves,
  layout: CurvesLayout,
  { theme }: DrawingSpace,
): void {
  const { left, top, plotWidth, plotHeight } = layout;
  context.font = `${labelSize}px ${theme.fontFamily}`;
  context.fillStyle = theme.muted;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of ticks(curves.axis)) {
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
  for (const step of layout.stepTicks)
    context.fillText(layout.formatStep(step), layout.xOf(step), top + plotHeight + 6);
  if (curves.level) paintLevel(context, curves.level, layout, theme.foreground);
  for (const line of inOrder(curves.lines)) {
    const { width, opacity, dash } = looks[line.look];
    const points = line.points.map(([step, value]) => [layout.xOf(step), layout.yOf(value)] as const);
    stroke(context, points, { color: theme.concept(line.color), width, opacity, dash });
  }
}

/** The thin lines of single runs lie behind. */
function inOrder(lines: readonly CurveLine[]): readonly CurveLine[] {
  return [...lines.filter(({ look }) => look === 'run'), ...lines.filter(({ look }) => look !== 'run')];
}

function paintLevel(
  context: CanvasRenderingContext2D,
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

/** A line through the points; it breaks where one is undefined. */
function stroke(
  context: CanvasRenderingContext2D,
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

/** From end to end of an axis. */
export function ticks({
  min,
  max,
  step,
}: {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}): number[] {
  return Array.from({ length: Math.round((max - min) / step) + 1 }, (_, at) => min + at * step);
}
