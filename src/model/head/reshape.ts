import type { ScopedNode } from '../onnx/graphScope';
import { integerList, type IntegerList, statedShape } from '../onnx/inferred';
import type { Dimension } from '../onnx/graph';
import { mixed, type Flow, type Passed } from './flow';

/**
 * A Reshape that keeps the vocabulary on one axis. If it is the last axis, the new last axis must have the same length;
 * otherwise all axes before it must stay the same (row-major order).
 *
 * @throws ModelError if this does not hold or is unknown
 */
export function reshapedFlow(flow: Flow, made: ScopedNode, { output }: Passed): Flow {
  const { node, scope } = made;
  const keepsZeros = (node.attributes.get('allowzero')?.integer ?? 0) !== 0;
  const stated = statedShape(scope, output);
  const target = integerList(scope, node.inputs[1] ?? '') ?? stated;
  if (!target || (keepsZeros && target.includes(0))) throw mixed(made);
  const axis = flow.axis === -1 ? lastAxis(flow, target, stated) : keptAxis(flow, target);
  if (axis === null) throw mixed(made);
  const shape = target.map((length, i) => {
    if (i === target.length + axis) return flow.tokens;
    return length === 0 ? (flow.shape?.[i] ?? null) : length !== null && length > 0 ? length : null;
  });
  return { ...flow, shape, axis };
}

function lastAxis(flow: Flow, target: IntegerList, stated: IntegerList | null): number | null {
  const last = target.length - 1;
  const length = target[last];
  const isSame =
    length === flow.tokens ||
    (length === 0 && flow.shape?.length === target.length) ||
    (length === -1 && leavesTokens(flow, target.slice(0, -1))) ||
    // The file may state what is only computed in a run.
    ((length === -1 || length === null) && stated?.length === target.length && stated[last] === flow.tokens);
  return isSame ? -1 : null;
}

/** Whether the other axes hold all positions, so that the axis of length −1 is the vocabulary. */
function leavesTokens({ shape }: Flow, others: IntegerList): boolean {
  if (!shape) return false;
  const before = shape.slice(0, -1);
  // Axes of unknown length must be copied exactly once; the lengths of the others must have the same product.
  const isCovered = before.every((length, i) => length !== null || others[i] === 0);
  const isCopy = (length: Dimension, i: number): boolean => length === 0 && before[i] === null;
  const resolved = others.map((length, i) => (isCopy(length, i) ? 1 : length === 0 ? before[i] : length));
  return isCovered && product(resolved) === product(before.map((length) => length ?? 1));
}

/** NaN if one is unknown. */
function product(lengths: readonly (Dimension | undefined)[]): number {
  return lengths.reduce<number>(
    (all, length) => all * (typeof length === 'number' && length > 0 ? length : NaN),
    1,
  );
}

function keptAxis({ shape, axis, tokens }: Flow, target: IntegerList): number | null {
  if (!shape) return null;
  const place = shape.length + axis;
  const isKept = shape
    .slice(0, place)
    .every((length, i) => target[i] === 0 || (length !== null && target[i] === length));
  return isKept && (target[place] === 0 || target[place] === tokens) ? place - target.length : null;
}
