import { qualifiedName, type ScopedNode } from '../onnx/graphScope';
import { notYet, plainLogits, shown, withShapes } from '../onnx/refusalText';
import type { Shape } from '../onnx/shapes';

/** What is known of a value between the product and the logits. */
export interface Flow {
  /** Null where not even the number of axes is known. */
  readonly shape: Shape | null;
  /** The axis of the vocabulary, counted from the end: −1 is the last. */
  readonly axis: number;
  /** Tokens along it. */
  readonly tokens: number;
  /** Whether positions were put in another order, as from `[sequence, batch]`. */
  readonly movesPositions: boolean;
}

/** A node on the way, with the names of its data and of its output there. */
export interface Passed {
  readonly made: ScopedNode;
  readonly data: string;
  readonly output: string;
}

/** @param what names the operator and what it does, as `Slice of some tokens` */
export function refusedFlow({ node, scope }: ScopedNode, what?: string, instead = plainLogits) {
  const name = what ?? shown(qualifiedName(node));
  return notYet(scope.graph.source.label, `${name} before the logits`, instead);
}

/** An axis that a graph names, counted from the end. @throws ModelError if it may or may not be the vocabulary's */
export function fromEnd(flow: Flow, axis: number, made: ScopedNode): number {
  if (axis < 0) return axis;
  if (!flow.shape) throw refusedFlow(made, `${made.node.operator} of an unknown number of axes`, withShapes);
  if (axis >= flow.shape.length) throw refusedFlow(made, `${made.node.operator} of axis ${axis}`);
  return axis - flow.shape.length;
}

/** The refusal of a change of shape that may merge tokens with positions. */
export function mixed(made: ScopedNode) {
  return refusedFlow(made, `${made.node.operator} that may mix tokens with positions`);
}

export function isAscending(axes: readonly number[]): boolean {
  return axes.every((axis, i) => i === 0 || axis > axes[i - 1]!);
}
