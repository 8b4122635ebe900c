/** Where a picture of a graph puts its parts, in the units of its view box. */
export const graphWidth = 260;
export const graphHeight = 200;
export const nodeRadius = 13;

export type Point = readonly [x: number, y: number];

/**
 * Nodes on an ellipse, from the top on clockwise: no straight edge runs over a third node, and a node stays where it is
 * whatever is drawn between them.
 */
export function nodePlaces(count: number): Point[] {
  const middle: Point = [graphWidth / 2, graphHeight / 2];
  if (count === 1) return [middle];
  const [reachX, reachY] = [graphWidth / 2 - nodeRadius - 6, graphHeight / 2 - nodeRadius - 4];
  return Array.from({ length: count }, (_, node) => {
    // Two stand side by side.
    const turn = 2 * Math.PI * (node / count) - (count === 2 ? Math.PI : Math.PI / 2);
    return [middle[0] + reachX * Math.cos(turn), middle[1] + reachY * Math.sin(turn)];
  });
}

/** The part of the line between two nodes that their circles leave free, with `gap` to the second for an arrow's head. */
export function edgeEnds([fromX, fromY]: Point, [toX, toY]: Point, gap: number): readonly [Point, Point] {
  const length = Math.hypot(toX - fromX, toY - fromY);
  const [x, y] = [(toX - fromX) / length, (toY - fromY) / length];
  return [
    [fromX + x * nodeRadius, fromY + y * nodeRadius],
    [toX - x * (nodeRadius + gap), toY - y * (nodeRadius + gap)],
  ];
}
