import { integerList, knownNumbers } from './inferred';
import type { ScopedNode } from './graphScope';
import { axisFrom } from './shapes';

/** A range of an axis: `count` indices starting at `first`. */
export interface Range {
  readonly first: number;
  readonly count: number;
}

/** What a Slice does to one axis; null for values known only at run time. */
export interface Cut {
  /** As in the graph; negative values count from the end. */
  readonly axis: number;
  readonly start: number | null;
  readonly end: number | null;
  readonly step: number | null;
}

/**
 * The axes that a Slice cuts, from its inputs or, before opset 10, its attributes (ONNX, Slice). Without `axes` these are
 * the first ones.
 *
 * @returns null if the graph does not determine the axes
 */
export function cutsOf(made: ScopedNode): readonly Cut[] | null {
  const { node, scope } = made;
  const list = (input: number, attribute: string) =>
    node.inputs[input] ? integerList(scope, node.inputs[input]) : node.attributes.get(attribute)?.integers;
  const [starts, ends] = [list(1, 'starts'), list(2, 'ends')];
  const axes = knownNumbers(made, 3, 'axes');
  const steps = node.inputs[4] ? integerList(scope, node.inputs[4]) : undefined;
  const count = axes && axes.length > 0 ? axes.length : (starts ?? ends)?.length;
  if (!axes || count === undefined) return null;
  return Array.from({ length: count }, (_, i) => ({
    axis: axes[i] ?? i,
    start: starts?.[i] ?? null,
    end: ends?.[i] ?? null,
    step: steps === undefined ? 1 : (steps?.[i] ?? null),
  }));
}

/** The remaining indices of an axis of `size`; null if they are unknown, or not consecutive and ascending. */
export function rangeOf({ start, end, step }: Cut, size: number): Range | null {
  if (start === null || end === null || step !== 1) return null;
  const place = (index: number): number => Math.min(size, Math.max(0, index < 0 ? index + size : index));
  const first = place(start);
  return { first, count: Math.max(0, place(end) - first) };
}

/**
 * The range of the split axis in an output of Split (ONNX, Split; opset 18 has `num_outputs`).
 *
 * @param size length of that axis
 *
 * @returns null if the graph does not determine it
 */
export function splitRange(made: ScopedNode, output: string, size: number): Range | null {
  const { outputs, attributes } = made.node;
  const index = outputs.indexOf(output);
  const sizes = knownNumbers(made, 1, 'split');
  if (!sizes || index < 0) return null;
  if (sizes.length > 0) {
    const total = sizes.reduce((sum, part) => sum + part, 0);
    if (sizes.length !== outputs.length || total !== size || sizes.some((part) => part < 0)) return null;
    return { first: sizes.slice(0, index).reduce((sum, part) => sum + part, 0), count: sizes[index]! };
  }
  const parts = attributes.get('num_outputs')?.integer ?? outputs.length;
  const each = Math.ceil(size / parts);
  const first = Math.min(size, each * index);
  return { first, count: Math.min(size, first + each) - first };
}

/** The axis that a Split splits, of `rank` axes. */
export function splitAxis({ node }: ScopedNode, rank: number): number | null {
  return axisFrom(node.attributes.get('axis')?.integer ?? 0, rank);
}
