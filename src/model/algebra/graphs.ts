import { onnxDataType, type OnnxModel, type OnnxNode } from '../onnx/onnxWriter';
import { panelShapes } from './panels';

/*
 * The few products that big geometry needs, as ONNX graphs of our own: one graph does in one call what would otherwise
 * be many calls with copies between them.
 */

export type ElementName = 'float32' | 'float64' | 'float16';
const elementTypeOf = {
  float32: onnxDataType.float,
  float64: onnxDataType.double,
  float16: onnxDataType.float16,
};

function model(
  inputs: Readonly<Record<string, ElementName>>,
  outputs: Readonly<Record<string, ElementName>>,
  nodes: readonly OnnxNode[],
): OnnxModel {
  const values = (record: Readonly<Record<string, ElementName>>) =>
    Object.entries(record).map(([name, type]) => ({ name, elemType: elementTypeOf[type] }));
  const graph = { name: 'algebra', node: nodes, input: values(inputs), output: values(outputs) };
  return { irVersion: 8, opsetImport: { '': 18 }, graph };
}

type Numbers = Readonly<Record<string, number>>;

function node(
  opType: string,
  input: readonly string[],
  output: string | readonly string[],
  numbers: Numbers = {},
): OnnxNode {
  const attribute = Object.entries(numbers).map(([name, i]) => ({ name, i }));
  return { opType, input, output: typeof output === 'string' ? [output] : output, attribute };
}

/** C − A·B, or C − A·Bᵀ. */
function minusProduct(a: string, b: string, c: string, output: string, transposed: boolean): OnnxNode {
  const attribute = [
    { name: 'alpha', f: -1 },
    { name: 'transB', i: transposed ? 1 : 0 },
  ];
  return { opType: 'Gemm', input: [a, b, c], output: [output], attribute };
}

/** `y` = a·bᵀ. */
export function productGraph(type: 'float32' | 'float64'): OnnxModel {
  return model({ a: type, b: type }, { y: type }, [node('Gemm', ['a', 'b'], 'y', { transB: 1 })]);
}

/** The head's tile as float32: what stores float16 is converted here, where that is fastest. */
function tileInput(type: ElementName): OnnxNode {
  return type === 'float32'
    ? node('Identity', ['x'], 'x32')
    : node('Cast', ['x'], 'x32', { to: onnxDataType.float });
}

/** `y` = the tile's tokens on directions `w`, `[tokens, directions]`. */
export function projectGraph(type: ElementName, tokensFirst: boolean): OnnxModel {
  const transA = tokensFirst ? 0 : 1;
  return model({ x: type, w: 'float32' }, { y: 'float32' }, [
    tileInput(type),
    node('Gemm', ['x32', 'w'], 'y', { transA, transB: 1 }),
  ]);
}

/** Names of the outputs of {@link gramGraph}: the products of part i with the parts up to it. */
export function gramParts(
  parts: number,
): { readonly row: number; readonly column: number; readonly name: string }[] {
  return Array.from({ length: parts }, (_, row) =>
    Array.from({ length: row + 1 }, (_, column) => ({ row, column, name: `g${row}_${column}` })),
  ).flat();
}

/**
 * The lower half of (x − shift)ᵀ(x − shift) over a tile's tokens, part by part of the hidden dimensions, and `sum`, the
 * sum of x − shift.
 */
export function gramGraph(type: ElementName, tokensFirst: boolean, parts: number): OnnxModel {
  const [tokenAxis, hiddenAxis] = tokensFirst ? [0, 1] : [1, 0];
  const names = Array.from({ length: parts }, (_, i) => `p${i}`);
  const gram = gramParts(parts);
  const attributes: Numbers = tokensFirst ? { transA: 1 } : { transB: 1 };
  const nodes = [
    tileInput(type),
    node('Sub', ['x32', 'shift'], 'centered'),
    node('ReduceSum', ['centered', 'axis'], 'sum', { keepdims: 0 }),
    parts === 1
      ? node('Identity', ['centered'], 'p0')
      : node('Split', ['centered'], names, { axis: hiddenAxis, num_outputs: parts }),
    ...gram.map(({ row, column, name }) => node('Gemm', [`p${row}`, `p${column}`], name, attributes)),
  ];
  const outputs = Object.fromEntries(gram.map(({ name }) => [name, 'float32' as const]));
  const built = model({ x: type, shift: 'float32' }, { ...outputs, sum: 'float32' }, nodes);
  const axis = { name: 'axis', dims: [1], dataType: onnxDataType.int64, int64Data: [tokenAxis] };
  return { ...built, graph: { ...built.graph, initializer: [axis] } };
}

/** `y` = c − a·bᵀ, in double precision. */
export function minusProductGraph(): OnnxModel {
  const inputs = { a: 'float64', b: 'float64', c: 'float64' } as const;
  return model(inputs, { y: 'float64' }, [minusProduct('a', 'b', 'c', 'y', true)]);
}

/** Names of the inputs that hold a factor: `b0`, `b1`, … below the diagonal blocks, `d0`, `d1`, … their inverses. */
function factorInputs(panels: number): Record<string, ElementName> {
  const names = Array.from({ length: panels }, (_, k) =>
    k === panels - 1 ? [`d${k}`] : [`b${k}`, `d${k}`],
  ).flat();
  return Object.fromEntries(names.map((name) => [name, 'float32']));
}

/** A split of `input` into its first columns and the rest. */
function splitNode(
  input: string,
  head: string,
  tail: string,
  at: number,
  size: number,
  constants: Sizes,
): OnnxNode {
  const name = `sizes${at}_${size}`;
  constants.set(name, [at, size - at]);
  return node('Split', [input, name], [head, tail], { axis: 1 });
}

type Sizes = Map<string, number[]>;

function withSizes(built: OnnxModel, constants: Sizes): OnnxModel {
  const initializer = [...constants].map(([name, values]) => ({
    name,
    dims: [values.length],
    dataType: onnxDataType.int64,
    int64Data: values,
  }));
  return { ...built, graph: { ...built.graph, initializer } };
}

/** Forward substitution of rows `x`: z = L⁻¹x for each. */
export function whitenGraph(size: number, width: number): OnnxModel {
  const shapes = panelShapes(size, width);
  const constants: Sizes = new Map();
  const nodes = shapes.flatMap(({ columns, rows }, k): OnnxNode[] => {
    const rest = k === 0 ? 'x' : `rest${k}`;
    if (rows === columns) return [node('Gemm', [rest, `d${k}`], `z${k}`, { transB: 1 })];
    return [
      splitNode(rest, `head${k}`, `tail${k}`, columns, rows, constants),
      node('Gemm', [`head${k}`, `d${k}`], `z${k}`, { transB: 1 }),
      minusProduct(`z${k}`, `b${k}`, `tail${k}`, `rest${k + 1}`, true),
    ];
  });
  const z = shapes.map((_, k) => `z${k}`);
  const inputs = { x: 'float32' as const, ...factorInputs(shapes.length) };
  return withSizes(
    model(inputs, { y: 'float32' }, [...nodes, node('Concat', z, 'y', { axis: 1 })]),
    constants,
  );
}

/** Back substitution of rows `x`: w = L⁻ᵀx for each. */
export function unwhitenGraph(size: number, width: number): OnnxModel {
  const shapes = panelShapes(size, width);
  const constants: Sizes = new Map();
  const parts = shapes.map((_, k) => `x${k}`);
  constants.set(
    'parts',
    shapes.map(({ columns }) => columns),
  );
  // done_k = w of all columns from panel k on
  const nodes = [...shapes.entries()].reverse().flatMap(([k, { rows, columns }]): OnnxNode[] => {
    if (rows === columns) return [node('Gemm', [`x${k}`, `d${k}`], `done${k}`)];
    return [
      minusProduct(`done${k + 1}`, `b${k}`, `x${k}`, `left${k}`, false),
      node('Gemm', [`left${k}`, `d${k}`], `w${k}`),
      node('Concat', [`w${k}`, `done${k + 1}`], `done${k}`, { axis: 1 }),
    ];
  });
  const split =
    shapes.length === 1 ? node('Identity', ['x'], 'x0') : node('Split', ['x', 'parts'], parts, { axis: 1 });
  const inputs = { x: 'float32' as const, ...factorInputs(shapes.length) };
  const built = model(inputs, { y: 'float32' }, [split, ...nodes, node('Identity', ['done0'], 'y')]);
  return withSizes(built, constants);
}
