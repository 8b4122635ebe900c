import { qualifiedName, type Scope, type ScopedNode } from './graphScope';
import { integerList, namedAxes } from './integerLists';
import type { Dimension } from './onnxGraph';

export type Shape = readonly Dimension[];

/** Enough for the residual stream of any decoder; what is behind it counts as not known. */
const deepest = 1000;

const known = new WeakMap<Scope, Map<string, Shape | null>>();
let depth = 0;

/**
 * The shape of a value as far as the graph tells: worked out from its maker where that is an operator we know, otherwise
 * what the file says. Operators' rules are those of ONNX (docs/Operators.md) and ONNX Runtime (docs/ContribOperators.md).
 *
 * @returns null where not even the number of axes is known
 */
export function shapeOf(scope: Scope, name: string): Shape | null {
  const place = scope.resolve(name);
  const shapes = known.get(place.scope) ?? new Map<string, Shape | null>();
  known.set(place.scope, shapes);
  const found = shapes.get(place.name);
  if (found !== undefined) return found;
  // A damaged file may go in circles: what is asked for again on its own way is not known.
  shapes.set(place.name, null);
  const shape = findShape(place.scope, place.name);
  shapes.set(place.name, shape);
  return shape;
}

/** What the file says of a value itself. */
export function statedShape(scope: Scope, name: string): Shape | null {
  const place = scope.resolve(name);
  return place.scope.graph.values.get(place.name)?.shape ?? null;
}

function findShape(scope: Scope, name: string): Shape | null {
  const tensor = scope.tensor(name);
  if (tensor) return tensor.dimensions;
  const stated = statedShape(scope, name);
  const made = scope.producer(name);
  if (!made || depth >= deepest) return stated;
  depth++;
  try {
    const shape = shapeMade(made, made.node.outputs.indexOf(name));
    if (shape?.length !== stated?.length) return shape ?? stated;
    return shape?.map((length, i) => length ?? stated![i]!) ?? null;
  } finally {
    depth--;
  }
}

/** Of these the first output has the shape of the first input; so has the fourth, the sum, of those that skip. */
const sameShape = new Set([
  ...[
    'Abs',
    'Exp',
    'Log',
    'Sin',
    'Cos',
    'Floor',
    'Ceil',
    'Round',
    'Elu',
    'LeakyRelu',
    'HardSigmoid',
    'HardSwish',
  ],
  ...['Swish', 'Mish', 'Softplus', 'LogSoftmax', 'com.microsoft.QuickGelu', 'com.microsoft.FastGelu'],
  ...['Cast', 'Identity', 'Tanh', 'Sigmoid', 'Relu', 'Sqrt', 'Reciprocal', 'Neg', 'Erf', 'Gelu', 'Softmax'],
  ...['Clip', 'Dropout', 'LayerNormalization', 'RMSNormalization', 'SimplifiedLayerNormalization'],
  ...['QuantizeLinear', 'DequantizeLinear', 'DynamicQuantizeLinear', 'com.microsoft.SkipLayerNormalization'],
  ...['com.microsoft.SkipSimplifiedLayerNormalization', 'com.microsoft.GroupQueryAttention'],
]);
const broadcasting = new Set(['Add', 'Sub', 'Mul', 'Div', 'Pow', 'Where', 'Min', 'Max']);
const matrixProducts = new Set([
  ...['MatMul', 'MatMulInteger', 'com.microsoft.FusedMatMul', 'com.microsoft.MatMulIntegerToFloat'],
  ...['com.microsoft.DynamicQuantizeMatMul'],
]);
const packedProducts = new Set(['com.microsoft.MatMulNBits', 'com.microsoft.MatMulBnb4']);

function shapeMade(made: ScopedNode, output: number): Shape | null {
  const { node, scope } = made;
  const operator = qualifiedName(node);
  const input = (index: number): Shape | null => shapeOf(scope, node.inputs[index] ?? '');
  if (sameShape.has(operator)) {
    if (output === 0 || output === 3) return input(0);
    return operator === 'DynamicQuantizeLinear' ? [] : null;
  }
  if (broadcasting.has(operator))
    return broadcast(node.inputs.filter((name) => name !== '').map((name) => shapeOf(scope, name)));
  if (matrixProducts.has(operator)) return productShape(input(0), input(1));
  if (packedProducts.has(operator)) {
    const data = input(0);
    return data && data.length > 0 ? [...data.slice(0, -1), node.attributes.get('N')?.integer ?? null] : null;
  }
  switch (operator) {
    case 'Gemm':
      return [null, null];
    case 'Conv': {
      const [data, weight] = [input(0), input(1)];
      return (
        data && weight && data.map((_, axis) => (axis === 0 ? data[0]! : axis === 1 ? weight[0]! : null))
      );
    }
    case 'Shape':
      return [input(0)?.length ?? null];
    case 'Constant':
      return node.attributes.has('value_ints')
        ? [node.attributes.get('value_ints')!.integers.length]
        : node.attributes.has('value_int') || node.attributes.has('value_float')
          ? []
          : null;
    case 'Reshape':
      return reshaped(made, input(0));
    case 'Transpose': {
      const data = input(0);
      const order = node.attributes.get('perm')?.integers;
      if (order) return order.map((axis) => data?.[axis] ?? null);
      return data && [...data].reverse();
    }
    case 'Gather': {
      const [data, indices] = [input(0), input(1)];
      const axis = data && axisFrom(node.attributes.get('axis')?.integer ?? 0, data.length);
      if (!data || !indices || axis === null) return null;
      return [...data.slice(0, axis), ...indices, ...data.slice(axis + 1)];
    }
    case 'Unsqueeze': {
      const axes = namedAxes(made);
      return axes && unsqueezed(input(0), axes);
    }
    case 'Squeeze': {
      const axes = namedAxes(made);
      return axes && squeezed(input(0), axes);
    }
    case 'Slice':
    case 'Split':
    case 'Concat':
      // Which axes keep their length is not worth the reading.
      return input(0)?.map(() => null) ?? null;
    case 'Flatten':
      return [null, null];
    default:
      return null;
  }
}

/** The number of an axis counted from the start; null if there is none. */
export function axisFrom(axis: number, rank: number): number | null {
  const from = axis < 0 ? axis + rank : axis;
  return from >= 0 && from < rank ? from : null;
}

/** Shapes aligned at their ends; of two lengths the one that is not 1 (ONNX, docs/Broadcasting.md). */
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

/** As numpy.matmul: all but the last two axes are broadcast. */
function productShape(data: Shape | null, weight: Shape | null): Shape | null {
  if (!data || !weight || data.length === 0 || weight.length === 0) return null;
  const batch = broadcast([data.slice(0, -2), weight.slice(0, -2)])!;
  return [
    ...batch,
    ...(data.length > 1 ? [data.at(-2)!] : []),
    ...(weight.length > 1 ? [weight.at(-1)!] : []),
  ];
}

function reshaped({ node, scope }: ScopedNode, data: Shape | null): Shape | null {
  const target = integerList(scope, node.inputs[1] ?? '');
  const keepsZeros = (node.attributes.get('allowzero')?.integer ?? 0) !== 0;
  return target?.map((length, i) => resolvedLength(length, keepsZeros ? null : (data?.[i] ?? null))) ?? null;
}

/** A 0 copies the length of the same axis, −1 is whatever is left. */
function resolvedLength(length: Dimension, same: Dimension): Dimension {
  if (length === 0) return same;
  return length !== null && length > 0 ? length : null;
}

/** With an axis of length 1 at each of `axes`, which count in the result; null if they do not fit. */
export function unsqueezed(shape: Shape | null, axes: readonly number[]): Shape | null {
  if (!shape) return null;
  const rank = shape.length + axes.length;
  const added = new Set(axes.map((axis) => axisFrom(axis, rank)));
  if (added.size !== axes.length || added.has(null)) return null;
  const rest = [...shape];
  return Array.from({ length: rank }, (_, axis) => (added.has(axis) ? 1 : rest.shift()!));
}

/** Without `axes`, or without every axis of length 1 where none are named; null if they do not fit. */
export function squeezed(shape: Shape | null, axes: readonly number[]): Shape | null {
  if (!shape) return null;
  if (axes.length === 0) return shape.includes(null) ? null : shape.filter((length) => length !== 1);
  const removed = new Set(axes.map((axis) => axisFrom(axis, shape.length)));
  return removed.has(null) ? null : shape.filter((_, axis) => !removed.has(axis));
}
