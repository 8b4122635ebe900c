import { onnxDataType, type OnnxModel, type OnnxNode } from '../onnx/writer';

/* Building blocks of the graphs that the extension generates. One graph replaces many calls with copies in between. */

export type ElementName = 'float32' | 'float16';

const elementTypeOf = {
  float32: onnxDataType.float,
  float16: onnxDataType.float16,
};

/** Names and their types. */
export type Values = Readonly<Record<string, ElementName>>;

/** Lists of integers that are inputs of operators, by name. */
export type Constants = Map<string, readonly number[]>;

export function model(
  inputs: Values,
  outputs: Values,
  nodes: readonly OnnxNode[],
  constants: Constants = new Map(),
): OnnxModel {
  const values = (record: Values) =>
    Object.entries(record).map(([name, type]) => ({ name, elemType: elementTypeOf[type] }));
  const initializer = [...constants].map(([name, numbers]) => ({
    name,
    dims: [numbers.length],
    dataType: onnxDataType.int64,
    int64Data: numbers,
  }));
  const graph = { name: 'algebra', node: nodes, input: values(inputs), output: values(outputs), initializer };
  return { irVersion: 8, opsetImport: { '': 18 }, graph };
}

export function node(
  opType: string,
  input: readonly string[],
  output: string | readonly string[],
  numbers: Readonly<Record<string, number>> = {},
): OnnxNode {
  const attribute = Object.entries(numbers).map(([name, i]) => ({ name, i }));
  return { opType, input, output: typeof output === 'string' ? [output] : output, attribute };
}

/** C − A·B, C − Aᵀ·B or C − A·Bᵀ. */
export function minusProduct(
  [a, b, c]: readonly [string, string, string],
  output: string,
  transposed?: 'transA' | 'transB',
): OnnxNode {
  const attribute = [{ name: 'alpha', f: -1 }, ...(transposed ? [{ name: transposed, i: 1 }] : [])];
  return { opType: 'Gemm', input: [a, b, c], output: [output], attribute };
}

export function cast(input: string, output: string, to: ElementName): OnnxNode {
  return node('Cast', [input], output, { to: elementTypeOf[to] });
}

/** Splits `input` along an axis. @param constants receives the sizes */
export function split(
  input: string,
  outputs: readonly string[],
  axis: number,
  sizes: readonly number[],
  constants: Constants,
): OnnxNode {
  if (outputs.length === 1) return node('Identity', [input], outputs);
  const name = `sizes ${sizes.join()}`;
  constants.set(name, sizes);
  return node('Split', [input, name], outputs, { axis });
}
