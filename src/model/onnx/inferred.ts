import type { Dimension } from './graph';
import { qualifiedName, type Scope, type ScopedNode } from './graphScope';
import { axisFrom, broadcast, productShape, squeezed, unsqueezed, type Shape } from './shapes';
import { fewNumbers, numbersOf } from './tensorNumbers';

/* Static inference: shapes, and short lists of integers such as the target of a Reshape. Each may depend on the other. */

/** Enough for the residual stream of any decoder; anything deeper counts as unknown. */
const deepest = 1000;

const known = new WeakMap<Scope, Map<string, Shape | null>>();
let depth = 0;

/**
 * The shape of a value as far as the graph determines it: inferred from a known operator that computes it, otherwise as
 * stated in the file. Rules of operators follow ONNX (docs/Operators.md) and ONNX Runtime (docs/ContribOperators.md).
 *
 * @returns null if not even the number of axes is known
 */
export function shapeOf(scope: Scope, name: string): Shape | null {
  const place = scope.resolve(name);
  const shapes = known.get(place.scope) ?? new Map<string, Shape | null>();
  known.set(place.scope, shapes);
  const found = shapes.get(place.name);
  if (found !== undefined) return found;
  // A damaged file may have cycles: a value that depends on itself is unknown.
  shapes.set(place.name, null);
  const shape = findShape(place.scope, place.name);
  shapes.set(place.name, shape);
  return shape;
}

/** The shape that the file states for a value. */
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

/**
 * Operators whose first output has the shape of the first input; for skip normalizations also the fourth output, the sum.
 */
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
    case 'com.microsoft.QGemm':
      return [null, null];
    case 'Einsum':
      return einsumShape(node.attributes.get('equation')?.text ?? '', input);
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
      // Only the number of axes is inferred.
      return input(0)?.map(() => null) ?? null;
    case 'Flatten':
      return [null, null];
    default:
      return null;
  }
}

function reshaped({ node, scope }: ScopedNode, data: Shape | null): Shape | null {
  const target = integerList(scope, node.inputs[1] ?? '');
  const keepsZeros = (node.attributes.get('allowzero')?.integer ?? 0) !== 0;
  return target?.map((length, i) => resolvedLength(length, keepsZeros ? null : (data?.[i] ?? null))) ?? null;
}

/** 0 copies the length of the same axis; −1 is inferred. */
function resolvedLength(length: Dimension, same: Dimension): Dimension {
  if (length === 0) return same;
  return length !== null && length > 0 ? length : null;
}

/** A list of integers stored or computed in a graph; null for values known only at run time. */
export type IntegerList = readonly Dimension[];

/** Lists are computed in a few steps: the parts of a shape, put together. */
const deepestList = 24;

const found = new WeakMap<Scope, Map<string, IntegerList | null>>();

/** A short list of integers such as the target of a Reshape; null if its length is unknown. */
export function integerList(scope: Scope, name: string, depth = 0): IntegerList | null {
  if (name === '' || depth > deepestList) return null;
  const lists = found.get(scope) ?? new Map<string, IntegerList | null>();
  found.set(scope, lists);
  const known = lists.get(name);
  if (known !== undefined) return known;
  // As in shapeOf: a list that depends on itself is unknown, and none is inferred twice.
  lists.set(name, null);
  const list = findList(scope, name, depth);
  lists.set(name, list);
  return list;
}

function findList(scope: Scope, name: string, depth: number): IntegerList | null {
  const tensor = scope.tensor(name);
  if (tensor) return numbersOf(tensor, scope.graph.source);
  const made = scope.producer(name);
  return (made && computed(made, depth + 1)) ?? unknownList(scope, name);
}

function computed({ node, scope }: ScopedNode, depth: number): IntegerList | null {
  const list = (input: number): IntegerList | null => integerList(scope, node.inputs[input] ?? '', depth);
  switch (node.operator) {
    case 'Constant': {
      const { integer, integers } = node.attributes.get('value_ints') ??
        node.attributes.get('value_int') ?? { integer: null, integers: [] };
      return integer === null ? integers : [integer];
    }
    case 'Cast':
    case 'Identity':
    case 'Reshape':
    case 'Squeeze':
    case 'Unsqueeze':
      return list(0);
    case 'Concat': {
      const parts = node.inputs.map((_, input) => list(input));
      const all = parts.some((part) => part === null) ? null : parts.flatMap((part) => part ?? []);
      return all === null || all.length > fewNumbers ? null : all;
    }
    case 'Shape': {
      const bound = (attribute: string) => node.attributes.get(attribute)?.integer ?? undefined;
      return shapeOf(scope, node.inputs[0] ?? '')?.slice(bound('start'), bound('end')) ?? null;
    }
    case 'Gather': {
      const [values, places] = [list(0), list(1)];
      return values && (places?.map((place) => (place === null ? null : (values.at(place) ?? null))) ?? null);
    }
    case 'Slice': {
      const [from, to] = [list(1)?.[0], list(2)?.[0]];
      const isPlain = node.inputs[4] === undefined || list(4)?.[0] === 1;
      if (!isPlain || typeof from !== 'number' || typeof to !== 'number') return null;
      return list(0)?.slice(from, to) ?? null;
    }
    default:
      return null;
  }
}

/** As many unknown numbers as the value's shape holds. */
function unknownList(scope: Scope, name: string): IntegerList | null {
  const shape = shapeOf(scope, name);
  if (shape?.length === 0) return [null];
  const length = shape?.length === 1 ? shape[0]! : null;
  return length === null || length > fewNumbers ? null : new Array<null>(length).fill(null);
}

/** The axes named by Squeeze and Unsqueeze, in an input or, before opset 13, in an attribute; null if unknown. */
export function namedAxes(made: ScopedNode): readonly number[] | null {
  return knownNumbers(made, 1, 'axes');
}

/**
 * Numbers of an input or, in older opsets, of an attribute; `[]` if there is neither, null if they are computed at run time.
 */
export function knownNumbers(
  { node, scope }: ScopedNode,
  input: number,
  attribute: string,
): readonly number[] | null {
  const name = node.inputs[input] ?? '';
  if (name === '') return node.attributes.get(attribute)?.integers ?? [];
  const list = integerList(scope, name);
  return list?.every((value) => value !== null) ? list : null;
}

/** The lengths of the output's letters, from the inputs that they are an axis of; `null` with an ellipsis or no output. */
function einsumShape(equation: string, input: (index: number) => Shape | null): Shape | null {
  const [terms = '', out] = equation.replaceAll(' ', '').split('->');
  if (out === undefined || equation.includes('.')) return null;
  const lengths = new Map<string, number | null>();
  terms.split(',').forEach((letters, index) => {
    Array.from(letters).forEach((letter, axis) => {
      lengths.set(letter, lengths.get(letter) ?? input(index)?.[axis] ?? null);
    });
  });
  return Array.from(out, (letter) => lengths.get(letter) ?? null);
}
