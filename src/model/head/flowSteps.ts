import { cutsOf, rangeOf } from '../onnx/cuts';
import { qualifiedName, type ScopedNode } from '../onnx/graphScope';
import { namedAxes, shapeOf, statedShape } from '../onnx/inferred';
import { withShapes } from '../storage/refusalText';
import { broadcast, squeezed, unsqueezed, type Shape } from '../onnx/shapes';
import { fromEnd, isAscending, mixed, refusedFlow, type Flow, type Passed } from './flow';
import { reshapedFlow } from './reshape';

/** How an operator transforms its data. @throws ModelError if tokens move */
type FlowStep = (flow: Flow, made: ScopedNode, passed: Passed) => Flow;

const unchanged: FlowStep = (flow) => flow;

/** Operators that keep each token's number at the token's index. All others are rejected. */
const flowSteps: ReadonlyMap<string, FlowStep> = new Map<string, FlowStep>([
  ...['Cast', 'Identity', 'Dropout', 'Tanh', 'QuantizeLinear', 'DequantizeLinear'].map(
    (operator) => [operator, unchanged] as const,
  ),
  ...['Add', 'Sub', 'Mul', 'Div', 'Where'].map((operator) => [operator, broadcastFlow] as const),
  ['Slice', slicedFlow],
  ['Gather', gatheredFlow],
  ['Transpose', transposedFlow],
  ['Reshape', reshapedFlow],
  ['Flatten', flattenedFlow],
  ['Unsqueeze', unsqueezedFlow],
  ['Squeeze', squeezedFlow],
]);

/** The data after one more operator. @throws ModelError if it is not supported */
export function flowThrough(flow: Flow, passed: Passed): Flow {
  const { made } = passed;
  const step = flowSteps.get(qualifiedName(made.node));
  if (!step) throw refusedFlow(made);
  return step(flow, made, passed);
}

/** Whether an operator is allowed between product and logits at all. */
export function isFlowStep(operator: string): boolean {
  return flowSteps.has(operator);
}

const wholeVocabulary = 'export the model with the logits of the whole vocabulary';

/** A cut at the end of the vocabulary, which removes padding, leaves tokens in place. */
function slicedFlow(flow: Flow, made: ScopedNode): Flow {
  const cuts = cutsOf(made);
  if (!cuts) throw refusedFlow(made, 'Slice of axes that are computed');
  let { tokens } = flow;
  const shape = flow.shape && [...flow.shape];
  for (const cut of cuts) {
    const axis = fromEnd(flow, cut.axis, made);
    if (axis === flow.axis) {
      const range = rangeOf(cut, tokens);
      if (range?.first !== 0 || range.count === 0)
        throw refusedFlow(made, 'Slice of some tokens', wholeVocabulary);
      tokens = range.count;
    }
    if (shape) shape[shape.length + axis] = axis === flow.axis ? tokens : null;
  }
  return { ...flow, shape, tokens };
}

function gatheredFlow(flow: Flow, made: ScopedNode): Flow {
  const axis = fromEnd(flow, made.node.attributes.get('axis')?.integer ?? 0, made);
  if (axis === flow.axis) throw refusedFlow(made, 'Gather of some tokens', wholeVocabulary);
  const indices = shapeOf(made.scope, made.node.inputs[1] ?? '');
  if (axis > flow.axis && !indices)
    throw refusedFlow(made, 'Gather of an unknown number of axes', withShapes);
  const shape =
    flow.shape && indices
      ? [...flow.shape.slice(0, flow.shape.length + axis), ...indices, ...tail(flow.shape, axis)]
      : null;
  return { ...flow, shape, axis: axis > flow.axis ? flow.axis + 1 - indices!.length : flow.axis };
}

/** The axes after an axis that is counted from the end. */
function tail(shape: Shape, axis: number): Shape {
  return axis === -1 ? [] : shape.slice(axis + 1);
}

function transposedFlow(flow: Flow, made: ScopedNode): Flow {
  const given = made.node.attributes.get('perm')?.integers;
  const order = given ?? (flow.shape && [...flow.shape.keys()].reverse());
  if (!order) throw refusedFlow(made, 'Transpose of an unknown number of axes', withShapes);
  const from = order.length + flow.axis;
  const place = order.indexOf(from);
  const isOrder = [...order].sort((a, b) => a - b).every((axis, i) => axis === i);
  if (place < 0 || !isOrder || (flow.shape && flow.shape.length !== order.length))
    throw refusedFlow(made, `Transpose by [${order.join(', ')}]`);
  const others = order.filter((axis) => axis !== from);
  return {
    ...flow,
    shape: order.map((axis) => flow.shape?.[axis] ?? null),
    axis: place - order.length,
    movesPositions: flow.movesPositions || !isAscending(others),
  };
}

function flattenedFlow(flow: Flow, made: ScopedNode): Flow {
  const axis = fromEnd(flow, made.node.attributes.get('axis')?.integer ?? 1, made);
  const merged = flow.shape?.slice(flow.shape.length + axis, -1);
  if (flow.axis !== -1 || (axis !== -1 && !merged?.every((length) => length === 1))) throw mixed(made);
  return { ...flow, shape: [null, flow.tokens] };
}

function unsqueezedFlow(flow: Flow, made: ScopedNode): Flow {
  const axes = namedAxes(made);
  const shape = axes && unsqueezed(flow.shape, axes);
  if (!axes || !shape || !flow.shape) throw refusedFlow(made, 'Unsqueeze of unknown axes', withShapes);
  const added = new Set(axes.map((axis) => (axis < 0 ? axis + shape.length : axis)));
  const kept = [...shape.keys()].filter((axis) => !added.has(axis));
  return { ...flow, shape, axis: kept[flow.shape.length + flow.axis]! - shape.length };
}

function squeezedFlow(flow: Flow, made: ScopedNode): Flow {
  const axes = namedAxes(made);
  if (!axes) throw refusedFlow(made, 'Squeeze of unknown axes', withShapes);
  // Without axes, an unknown shape still ends with the vocabulary if that was the last axis.
  if (axes.length === 0 && flow.axis === -1 && flow.tokens > 1)
    return { ...flow, shape: squeezed(flow.shape, axes) };
  const removed = axes.map((axis) => fromEnd(flow, axis, made));
  if (axes.length === 0 || removed.includes(flow.axis)) throw mixed(made);
  const behind = removed.filter((axis) => axis > flow.axis).length;
  return { ...flow, shape: squeezed(flow.shape, axes), axis: flow.axis + behind };
}

/**
 * Elementwise operators with other operands, mostly constants: these are aligned at the last axis and leave the vocabulary
 * in place. A factor must be a single number, or one per token.
 */
function broadcastFlow(flow: Flow, made: ScopedNode, { data, output }: Passed): Flow {
  const { node, scope } = made;
  const others = node.inputs.filter((name) => name !== data).map((name) => shapeOf(scope, name));
  const grows = others.some((shape) => !shape || (shape.at(flow.axis) ?? 1) !== 1);
  if (flow.tokens === 1 && grows) throw mixed(made);
  if (node.operator === 'Mul' && !others.every((shape) => shape && isFactor(shape, flow.axis)))
    throw refusedFlow(made, 'Mul by more than one number');
  const shape = broadcast([flow.shape, ...others]) ?? statedShape(scope, output);
  return { ...flow, shape: shape && shape.length + flow.axis >= 0 ? shape : null };
}

function isFactor(shape: Shape, axis: number): boolean {
  return shape.every((length, i) => length === 1 || i === shape.length + axis);
}
