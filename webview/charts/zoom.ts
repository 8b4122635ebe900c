/**
 * The part of a plot that is shown, enlarged to its full size, in shares of the whole plot: from (x, y) to (x + 1 / scale, y + 1 /
 * scale).
 */
export interface Zoom {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const wholePlot: Zoom = { scale: 1, x: 0, y: 0 };

/** A rectangle in shares of the whole plot. */
export interface Share {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Enlarges by a factor; the point at (x, y), in shares of the whole plot, stays where it is. */
export function zoomedBy(zoom: Zoom, factor: number, x: number, y: number, mostScale: number): Zoom {
  const scale = Math.max(1, Math.min(mostScale, zoom.scale * factor));
  const ratio = zoom.scale / scale;
  return within({ scale, x: x - (x - zoom.x) * ratio, y: y - (y - zoom.y) * ratio });
}

/** Moves by shares of the part that is shown; 0.5 is half of it. */
export function panned({ scale, x, y }: Zoom, right: number, down: number): Zoom {
  return within({ scale, x: x + right / scale, y: y + down / scale });
}

/** Moves by as little as it takes to show a rectangle. */
export function showing({ scale, x, y }: Zoom, { left, top, right, bottom }: Share): Zoom {
  const moved = (from: number, low: number, high: number) => Math.min(low, Math.max(from, high - 1 / scale));
  return within({ scale, x: moved(x, left, right), y: moved(y, top, bottom) });
}

/** Fits a rectangle into the plot. */
export function zoomedTo({ left, top, right, bottom }: Share, mostScale: number): Zoom {
  const scale = Math.max(1, Math.min(mostScale, 1 / Math.max(right - left, bottom - top)));
  return within({
    scale,
    x: (left + right) / 2 - 1 / scale / 2,
    y: (top + bottom) / 2 - 1 / scale / 2,
  });
}

function within({ scale, x, y }: Zoom): Zoom {
  const most = 1 - 1 / scale;
  return { scale, x: Math.max(0, Math.min(most, x)), y: Math.max(0, Math.min(most, y)) };
}

/** The first of `count` rows or columns that is shown at least in part, and the one after the last. */
export function shownRange(
  from: number,
  scale: number,
  count: number,
): readonly [first: number, end: number] {
  // Rounding must not add a row of which nothing is seen.
  const edge = 1e-9;
  return [
    Math.max(0, Math.floor(from * count + edge)),
    Math.min(count, Math.ceil((from + 1 / scale) * count - edge)),
  ];
}
