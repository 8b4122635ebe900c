import { describeDequantize } from './headDequantize';
import { qualifiedName, type ScopedNode } from '../onnx/graphScope';
import { elementTypeName } from '../onnx/onnxTensor';
import { notYet, shown } from '../onnx/refusalText';
import { floatTypes, storedMatrix, type WeightUse } from './headWeight';
import type { OnnxNode } from '../onnx/onnxGraph';

const wayToWeight = new Set(['Transpose', 'Cast', 'Identity']);

/**
 * The weight of a float product, behind Transpose and conversions: a float tensor or one made by DequantizeLinear.
 * As given it is `[hidden, vocab]`.
 *
 * @throws ModelError if it is anything else
 */
export function findWeight(product: ScopedNode, input: number): WeightUse {
  const { label } = product.scope.graph.source;
  const operator = qualifiedName(product.node);
  const end = product.scope.follow(product.node.inputs[input] ?? '', wayToWeight);
  const rowsAreTokens = areFlipped(end.passed, label);
  for (const cast of end.passed.filter((node) => node.operator === 'Cast')) {
    const type = elementTypeName(cast.attributes.get('to')?.integer ?? 1);
    if (!floatTypes.has(type)) throw notYet(label, `${operator} with weights cast to ${type}`);
  }
  const tensor = end.scope.tensor(end.name);
  if (!tensor) {
    const made = end.scope.producer(end.name);
    if (made?.node.operator === 'DequantizeLinear')
      return { ...describeDequantize(made, operator), rowsAreTokens };
    if (made && wayToWeight.has(made.node.operator)) throw notYet(label, 'weights that depend on themselves');
    const maker = made
      ? `weights made by ${shown(qualifiedName(made.node))}`
      : `${operator} with computed weights`;
    throw notYet(label, maker);
  }
  const element = elementTypeName(tensor.dataType);
  if (tensor.dimensions.length !== 2)
    throw notYet(label, `${operator} with a weight of ${tensor.dimensions.length} dimensions`);
  if (!floatTypes.has(element)) throw notYet(label, `${operator} with ${element} weights`);
  const [rows, columns] = tensor.dimensions as [number, number];
  const values = storedMatrix(tensor, element, rows, columns);
  return { weight: { values, scales: null, zeroPoints: 0 }, rowsAreTokens, elementType: element };
}

/** Whether these nodes together swap the two dimensions. @throws ModelError for a Transpose of more */
export function areFlipped(passed: readonly OnnxNode[], label: string): boolean {
  return passed.filter((node) => node.operator === 'Transpose' && isFlip(node, label)).length % 2 === 1;
}

/** Whether a Transpose swaps the two dimensions, as it does without `perm`. */
function isFlip(node: OnnxNode, label: string): boolean {
  const order = node.attributes.get('perm')?.integers.join() ?? '1,0';
  if (order !== '1,0' && order !== '0,1') throw notYet(label, `Transpose of the weights by [${order}]`);
  return order === '1,0';
}
