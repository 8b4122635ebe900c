import type { Dimension } from './graph';

export type Shape = readonly Dimension[];

/** The index of an axis counted from the start; null if it does not exist. */
export function axisFrom(axis: number, rank: number): number | null {
  const from = axis < 0 ? axis + rank : axis;
  return from >= 0 && from < rank ? from : null;
}

/** Broadcasts shapes aligned at their last axes: of two lengths, the one that is not 1 (ONNX, docs/Broadcasting.md). */
export function broadcast(shapes: readonly (Shape | null)[]): Shape | null {
  if (shapes.some((shape) => shape === null)) return null;
  const rank = Math.max(0, ...shapes.map((shape) => shape!.length));
  return Array.from({ length: rank }, (_, i) => {
    const lengths = shapes.map((shape) => (i - rank + shape!.length < 0 ? 1 : shape!.at(i - rank)));
    return (
      lengths.find((length) => typeof length === 'number' && length !== 1) ??
      (lengths.includes(null) ? null : 1)
    );
  });
}

/** Like numpy.matmul: all axes but the last two are broadcast. */
export function productShape(data: Shape | null, weight: Shape | null): Shape | null {
  if (!data || !weight || data.length === 0 || weight.length === 0) return null;
  const batch = broadcast([data.slice(0, -2), weight.slice(0, -2)])!;
  return [
    ...batch,
    ...(data.length > 1 ? [data.at(-2)!] : []),
    ...(weight.length > 1 ? [weight.at(-1)!] : []),
  ];
}

/** Inserts an axis of length 1 at each of `axes`, which refer to the result; null if they do not fit. */
export function unsqueezed(shape: Shape | null, axes: readonly number[]): Shape | null {
  if (!shape) return null;
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => axisFrom(axis, rank)));
  if (added.size !== axes.length || added.has(null)) return null;
  const rest = [...shape];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : rest.shift()!));
}

/** Removes `axes`, or all axes of length 1 if none are named; null if they do not fit. */
export function squeezed(shape: Shape | null, axes: readonly number[]): Shape | null {
  if (!shape) return null;
  if (axes.length === 0) return shape.includes(null) ? null : shape.filter((length) => length !== 1);
  const removed = new Set(axes.map((axis) => axisFrom(axis, shape.length)));
  return removed.has(null) ? null : shape.filter((_, axis) => !removed.has(axis));
}
