import { qualifiedName, type ScopedNode } from '../onnx/graphScope';
import { unsupportedHead, plainLogits, shown, withShapes } from '../storage/refusalText';
import type { Shape } from '../onnx/shapes';

/** What is known about a value between the product and the logits. */
export interface Flow {
  /** Null if not even the number of axes is known. */
  readonly shape: Shape | null;
  /** The axis of the vocabulary, counted from the end: −1 is the last. */
  readonly axis: number;
  /** Number of tokens along it. */
  readonly tokens: number;
  /** Whether positions were reordered, for example from `[sequence, batch]`. */
  readonly movesPositions: boolean;
}

/** A node on the path, with the names of its data input and its output. */
export interface Passed {
  readonly made: ScopedNode;
  readonly data: string;
  readonly output: string;
}

/** @param what the operator and what it does, such as `Slice of some tokens` */
export function refusedFlow({ node, scope }: ScopedNode, what?: string, instead = plainLogits) {
  const name = what ?? shown(qualifiedName(node));
  return unsupportedHead(scope.graph.source.label, `${name} before the logits`, instead);
}

/**
 * An axis named by the graph, counted from the end. @throws ModelError if it cannot be determined whether it is the
 * vocabulary's
 */
export function fromEnd(flow: Flow, axis: number, made: ScopedNode): number {
  if (axis < 0) return axis;
  if (!flow.shape) throw refusedFlow(made, `${made.node.operator} of an unknown number of axes`, withShapes);
  if (axis >= flow.shape.length) throw refusedFlow(made, `${made.node.operator} of axis ${axis}`);
  return axis - flow.shape.length;
}

/** The error for a reshape that may merge tokens with positions. */
export function mixed(made: ScopedNode) {
  return refusedFlow(made, `${made.node.operator} that may mix tokens with positions`);
}

export function isAscending(axes: readonly number[]): boolean {
  return axes.every((axis, i) => i === 0 || axis > axes[i - 1]!);
}
