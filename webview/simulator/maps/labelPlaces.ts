/** A point with its name. */
interface Named {
  readonly x: number;
  readonly y: number;
  readonly text: string;
}

/** Where a name begins, on its base line. */
export interface PlacedLabel {
  readonly x: number;
  readonly y: number;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Of a digit, and of a line, in the picture's units. */
const digit = 6.7;
const line = 11;
const gap = 7;

/**
 * A place for the name of each point: next to it if that is free, otherwise a little farther away. The first points take
 * precedence.
 */
export function placedLabels(
  points: readonly Named[],
  { width, height }: { readonly width: number; readonly height: number },
): PlacedLabel[] {
  const taken: Box[] = points.map(({ x, y }) => ({ left: x - 4, top: y - 4, right: x + 4, bottom: y + 4 }));
  return points.map((point) => {
    const boxes = candidates(point, width);
    const inside = boxes.filter(
      ({ left, top, right, bottom }) => left >= 0 && top >= 0 && right <= width && bottom <= height,
    );
    const choice = inside.length > 0 ? inside : boxes;
    const box = choice.find((one) => !taken.some((other) => overlap(one, other))) ?? choice[0]!;
    taken.push(box);
    return { x: box.left, y: box.bottom - 2 };
  });
}

/** Outwards first, above before below, near before far. */
function candidates({ x, y, text }: Named, width: number): Box[] {
  const size = text.length * digit;
  const isLeft = x < width / 2;
  const out = isLeft ? x - gap - size : x + gap;
  const back = isLeft ? x + gap : x - gap - size;
  return [0, 1, 2, 3].flatMap((away) =>
    [out, back, x - size / 2].flatMap((left) =>
      [y - gap - line / 2 - away * line, y + gap - line / 2 + away * line].map((top) => ({
        left,
        top,
        right: left + size,
        bottom: top + line,
      })),
    ),
  );
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
