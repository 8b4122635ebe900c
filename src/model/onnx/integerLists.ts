import type { Scope, ScopedNode } from './graphScope';
import type { Dimension } from './onnxGraph';
import { shapeOf } from './shapes';
import { fewNumbers, numbersOf } from './tensorNumbers';

/** Numbers of a list that a graph holds or computes, null for those that only a run knows. */
export type IntegerList = readonly Dimension[];

/** Ways of computing a list are short: a shape's parts, put together. */
const deepestList = 24;

const found = new WeakMap<Scope, Map<string, IntegerList | null>>();

/** A short list of integers such as the target of a Reshape; null if its length is not known. */
export function integerList(scope: Scope, name: string, depth = 0): IntegerList | null {
  if (name === '' || depth > deepestList) return null;
  const lists = found.get(scope) ?? new Map<string, IntegerList | null>();
  found.set(scope, lists);
  const known = lists.get(name);
  if (known !== undefined) return known;
  // As in shapeOf: a list that depends on itself is not known, and none is worked out twice.
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

/** As many unknown numbers as the value's shape has room for. */
function unknownList(scope: Scope, name: string): IntegerList | null {
  const shape = shapeOf(scope, name);
  if (shape?.length === 0) return [null];
  const length = shape?.length === 1 ? shape[0]! : null;
  return length === null || length > fewNumbers ? null : new Array<null>(length).fill(null);
}

/** The axes that Squeeze and Unsqueeze name, in an input or before opset 13 in an attribute; null if not known. */
export function namedAxes(made: ScopedNode): readonly number[] | null {
  return knownNumbers(made, 1, 'axes');
}

/** Numbers of an input or, in older opsets, of an attribute; `[]` where there is neither, null where a run computes them. */
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
