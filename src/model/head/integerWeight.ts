import { qualifiedName, sameBytes, type ScopedNode } from '../onnx/graphScope';
import type { OnnxNode } from '../onnx/graph';
import { countOf, type OnnxTensor } from '../onnx/tensor';
import { foldConstants, inFloat, unsupportedHead, wrongShape } from '../storage/refusalText';
import { floatTypes, numbersPerColumn, storedMatrix, type BlockNumbers, type WeightUse } from './weight';

const byteTypes: ReadonlySet<string> = new Set(['int8', 'uint8']);

interface IntegerInputs {
  readonly values: number;
  readonly scales: OnnxTensor | undefined;
  readonly zeroPoints: number;
  /** Whether the operator transposes the weight itself. */
  readonly isTurned?: boolean;
}

/**
 * The weight of an integer product, `[hidden, vocab]` int8 or uint8: (q − zero point) · scale, each a single number or one
 * per column (ONNX MatMulInteger, com.microsoft.MatMulIntegerToFloat and QGemm).
 *
 * @throws ModelError for anything else
 */
export function integerWeight({ node, scope }: ScopedNode, inputs: IntegerInputs): WeightUse {
  const { label } = scope.graph.source;
  const operator = qualifiedName(node);
  const end = scope.follow(node.inputs[inputs.values] ?? '', new Set(['Transpose', 'Identity']));
  const tensor = end.scope.tensor(end.name);
  if (!tensor || !inputs.scales)
    throw unsupportedHead(label, `${operator} with computed weights or scales`, foldConstants);
  const element = tensor.element;
  if (!byteTypes.has(element) || tensor.dimensions.length !== 2)
    throw unsupportedHead(
      label,
      `${operator} with ${element} weights of ${tensor.dimensions.length} dimensions`,
      inFloat,
    );
  const rowsAreTokens = areFlipped(end.passed, label) !== (inputs.isTurned ?? false);
  const [rows, columns] = tensor.dimensions as [number, number];
  const perToken = (numbers: OnnxTensor, type: string): BlockNumbers => {
    const needed = rowsAreTokens ? rows : columns;
    if (![1, needed].includes(countOf(numbers)))
      throw wrongShape(label, numbers, `1 or ${needed} numbers are needed`);
    if (!rowsAreTokens || countOf(numbers) === 1) return numbersPerColumn(numbers, type, rows, columns);
    return { ...storedMatrix(numbers, type, rows, 1), blockRows: 1, blockColumns: columns, flat: false };
  };
  const scaleType = inputs.scales.element;
  if (!floatTypes.has(scaleType))
    throw unsupportedHead(label, `${operator} with ${scaleType} scales`, inFloat);
  const scales = perToken(inputs.scales, scaleType);
  const zeroName = node.inputs[inputs.zeroPoints] ?? '';
  const zeros = scope.constant(zeroName, sameBytes);
  if (zeroName !== '' && zeros?.element !== tensor.element)
    throw unsupportedHead(label, `${operator} with computed zero points`, foldConstants);
  return {
    weight: {
      values: storedMatrix(tensor, element, rows, columns),
      scales,
      zeroPoints: zeros ? perToken(zeros, element) : 0,
    },
    rowsAreTokens,
    tokens: { first: 0, count: rowsAreTokens ? rows : columns },
    elementType: countOf(inputs.scales) === 1 ? element : `${element}, a scale per token`,
  };
}

/** Whether these nodes together swap the two dimensions. @throws ModelError for a Transpose of more */
function areFlipped(passed: readonly OnnxNode[], label: string): boolean {
  return passed.filter((node) => node.operator === 'Transpose' && isFlip(node, label)).length % 2 === 1;
}

/** Whether a Transpose swaps the two dimensions, as it does without `perm`. */
function isFlip(node: OnnxNode, label: string): boolean {
  const order = node.attributes.get('perm')?.integers.join() ?? '1,0';
  if (order !== '1,0' && order !== '0,1')
    throw unsupportedHead(label, `Transpose of the weights by [${order}]`, foldConstants);
  return order === '1,0';
}
