import { dequantizedWeight } from './dequantize';
import { cutsOf, rangeOf, splitAxis, splitRange, type Range } from '../onnx/cuts';
import { qualifiedName, type Scope, type ScopedNode } from '../onnx/graphScope';
import { integerList, namedAxes } from '../onnx/inferred';
import { elementTypeName, type OnnxTensor } from '../onnx/tensor';
import { foldConstants, inFloat, unsupportedHead, shown } from '../storage/refusalText';
import { floatTypes, storedMatrix, type StoredWeight, type WeightUse } from './weight';

/**
 * One axis of a weight on its path to the product: a range of an axis of the stored tensor, or an inserted axis of length 1.
 */
interface ViewAxis extends Range {
  readonly stored: number | null;
}

type View = readonly ViewAxis[];

/** The axes of hidden dimensions and tokens in the product's weight; negative ones count from the end. */
export interface WeightAxes {
  readonly hidden: number;
  readonly tokens: number;
}

/** `[hidden, vocab]`, possibly with leading axes of length 1. */
export const matrixAxes: WeightAxes = { hidden: -2, tokens: -1 };
/** `[vocab, hidden]`, possibly with leading axes of length 1. */
export const turnedAxes: WeightAxes = { hidden: -1, tokens: -2 };

interface Passed {
  readonly made: ScopedNode;
  readonly output: string;
}

/**
 * The weight of a float product, behind reshapes, slices and conversions: a float tensor, or the output of DequantizeLinear.
 *
 * @throws ModelError for anything else
 */
export function findWeight(product: ScopedNode, input: number, axes = matrixAxes): WeightUse {
  const { scope, node } = product;
  const { label } = scope.graph.source;
  const operator = qualifiedName(node);
  const { passed, end } = wayToTensor(scope, node.inputs[input] ?? '');
  for (const { made } of passed.filter((step) => step.made.node.operator === 'Cast')) {
    const type = elementTypeName(made.node.attributes.get('to')?.integer ?? 1);
    if (!floatTypes.has(type))
      throw unsupportedHead(label, `${operator} with weights cast to ${type}`, inFloat);
  }
  const tensor = end.scope.tensor(end.name);
  const { dimensions, weight, elementType } = tensor
    ? plainWeight(tensor, operator, label)
    : madeWeight(end.scope, end.name, operator, label);
  const view = passed.reduceRight<View>(
    (before, step) => viewBehind(step, before, label),
    dimensions.map((count, stored) => ({ stored, first: 0, count })),
  );
  return { ...placed(view, dimensions, axes, operator, label), weight: weight(), elementType };
}

/** The path from a product back to the tensor, or to whatever else computes the weight. */
function wayToTensor(from: Scope, start: string) {
  const passed: Passed[] = [];
  const seen = new Set<unknown>();
  let end = from.resolve(start);
  for (;;) {
    const made = end.scope.producer(end.name);
    if (!made || !views.has(made.node.operator)) return { passed, end };
    if (seen.has(made.node))
      throw unsupportedHead(
        from.graph.source.label,
        'weights that depend on themselves',
        'export the model again',
      );
    seen.add(made.node);
    passed.push({ made, output: end.name });
    end = made.scope.resolve(made.node.inputs[0] ?? '');
  }
}

interface FoundWeight {
  readonly dimensions: readonly number[];
  readonly weight: () => StoredWeight;
  readonly elementType: string;
}

function plainWeight(tensor: OnnxTensor, operator: string, label: string): FoundWeight {
  const element = tensor.element;
  if (!floatTypes.has(element)) throw unsupportedHead(label, `${operator} with ${element} weights`, inFloat);
  const { dimensions } = tensor;
  return {
    dimensions,
    elementType: element,
    weight: () => {
      const [rows, columns] = matrixSides(dimensions);
      return { values: storedMatrix(tensor, element, rows, columns), scales: null, zeroPoints: 0 };
    },
  };
}

function madeWeight(scope: Scope, name: string, operator: string, label: string): FoundWeight {
  const made = scope.producer(name);
  if (made?.node.operator === 'DequantizeLinear') {
    const { weight, elementType } = dequantizedWeight(made, operator);
    return { dimensions: [weight.values.rows, weight.values.columns], weight: () => weight, elementType };
  }
  if (!made) throw unsupportedHead(label, `${operator} with computed weights`, foldConstants);
  const { node, scope: within } = made;
  const isSum = node.operator === 'Add' || node.operator === 'Sub';
  const isAdapter = isSum && node.inputs.some((input) => !within.constant(input));
  throw unsupportedHead(
    label,
    `weights computed by ${shown(qualifiedName(node))}`,
    isAdapter ? 'merge the adapter (LoRA) into the model and export it again' : foldConstants,
  );
}

/** The stored tensor as a matrix: the axes longer than 1, or the last two. */
function matrixSides(dimensions: readonly number[]): [number, number] {
  if (dimensions.length === 2) return [dimensions[0]!, dimensions[1]!];
  const long = dimensions.filter((length) => length !== 1);
  return [long.at(-2) ?? 1, long.at(-1) ?? 1];
}

/** Locates the product's two axes in the stored tensor. */
function placed(
  view: View,
  dimensions: readonly number[],
  axes: WeightAxes,
  operator: string,
  label: string,
): Pick<WeightUse, 'rowsAreTokens' | 'tokens'> {
  const [hidden, tokens] = [view.at(axes.hidden), view.at(axes.tokens)];
  const others = view.filter((axis) => axis !== hidden && axis !== tokens);
  // In a tensor without exactly two axes, axes of length 1 are ignored, and the other two form the matrix.
  const isMatrix = dimensions.length === 2 || dimensions.filter((length) => length !== 1).length === 2;
  const isWhole = others.every(({ stored }) => stored === null || dimensions[stored] === 1);
  const isPlaced = hidden && tokens && hidden.stored !== null && tokens.stored !== null && hidden !== tokens;
  if (!isPlaced || !isMatrix || !isWhole)
    throw unsupportedHead(label, `${operator} with a weight of shape [${dimensions.join(', ')}]`, oneMatrix);
  if (hidden.count !== dimensions[hidden.stored])
    throw unsupportedHead(label, `${operator} with some of the hidden dimensions`, oneMatrix);
  return {
    rowsAreTokens: tokens.stored < hidden.stored,
    tokens: { first: tokens.first, count: tokens.count },
  };
}

const oneMatrix = 'export the model with its LM head as a single matrix product';

/** How an operator changes the axes of its first input; null if that is unknown. */
type ViewStep = (step: Passed, view: View) => View | null;

const unchanged: ViewStep = (_, view) => view;

const views: ReadonlyMap<string, ViewStep> = new Map<string, ViewStep>([
  ['Cast', unchanged],
  ['Identity', unchanged],
  [
    'Transpose',
    ({ made }, view) => {
      const order = made.node.attributes.get('perm')?.integers ?? [...view.keys()].reverse();
      const isOrder = order.length === view.length && new Set(order).size === order.length;
      return isOrder && order.every((axis) => view[axis]) ? order.map((axis) => view[axis]!) : null;
    },
  ],
  [
    'Slice',
    ({ made }, view) => {
      const cut = [...view];
      for (const part of cutsOf(made) ?? [null]) {
        const axis = part && cut.at(part.axis);
        const range = axis && rangeOf(part, axis.count);
        if (!axis || !range) return null;
        cut[part.axis < 0 ? part.axis + cut.length : part.axis] = within(axis, range);
      }
      return cut;
    },
  ],
  [
    'Split',
    ({ made, output }, view) => {
      const axis = splitAxis(made, view.length);
      const range = axis === null ? null : splitRange(made, output, view[axis]!.count);
      return range && view.map((part, i) => (i === axis ? within(part, range) : part));
    },
  ],
  [
    'Unsqueeze',
    ({ made }, view) => {
      const axes = namedAxes(made);
      if (!axes) return null;
      const rank = view.length + axes.length;
      const added = new Set(axes.map((axis) => (axis < 0 ? axis + rank : axis)));
      const rest = [...view];
      const grown = Array.from({ length: rank }, (_, i) => (added.has(i) ? inserted : rest.shift()));
      return rest.length === 0 && !grown.includes(undefined) ? (grown as View) : null;
    },
  ],
  [
    'Squeeze',
    ({ made }, view) => {
      const axes = namedAxes(made);
      if (!axes) return null;
      if (axes.length === 0) return view.filter(({ count }) => count !== 1);
      const removed = axes.map((axis) => (axis < 0 ? axis + view.length : axis));
      return removed.every((axis) => view[axis]?.count === 1)
        ? view.filter((_, i) => !removed.includes(i))
        : null;
    },
  ],
  ['Reshape', reshapedView],
]);

const inserted: ViewAxis = { stored: null, first: 0, count: 1 };

function within(axis: ViewAxis, { first, count }: Range): ViewAxis {
  return { ...axis, first: axis.first + first, count };
}

/** A Reshape that only adds or removes axes of length 1. */
function reshapedView({ made }: Passed, view: View): View | null {
  const target = integerList(made.scope, made.node.inputs[1] ?? '');
  if (!target) return null;
  const lengths = target.map((length, i) => (length === 0 ? (view[i]?.count ?? null) : length));
  const total = view.reduce((product, { count }) => product * count, 1);
  const given = lengths.reduce<number>(
    (product, length) => product * (length === -1 ? 1 : (length ?? NaN)),
    1,
  );
  const resolved = lengths.map((length) => (length === -1 ? total / given : length));
  const rest = view.filter(({ count }) => count !== 1);
  const reshaped = resolved.map((length) => (length === 1 ? inserted : rest.shift()));
  return rest.length === 0 && reshaped.every((axis, i) => axis?.count === resolved[i])
    ? (reshaped as View)
    : null;
}

function viewBehind(step: Passed, before: View, label: string): View {
  const { node } = step.made;
  const view = views.get(node.operator)!(step, before);
  if (view) return view;
  const order =
    node.operator === 'Transpose' ? ` by [${node.attributes.get('perm')?.integers.join() ?? ''}]` : '';
  throw unsupportedHead(label, `${node.operator} of the weights${order}`, foldConstants);
}
