import { matrixProduct, type ProductForm } from './productForm';
import { sameBytes, type ScopedNode } from '../onnx/graphScope';
import { countOf, type OnnxTensor } from '../onnx/tensor';
import { foldConstants, inFloat, unsupportedHead, wrongShape } from '../storage/refusalText';
import { floatTypes, storedMatrix, type BlockNumbers } from './weight';

const codeTypes: Readonly<Record<number, string>> = { 2: 'uint2', 4: 'uint4', 8: 'uint8' };

/**
 * com.microsoft.MatMulNBits: for each of the N tokens ceil(K / block_size) blocks of codes, the last one padded, each with a
 * scale and optionally a zero point (ONNX Runtime, docs/ContribOperators.md).
 *
 * @throws ModelError for prepacked weights, a group index, or tensors that do not fit the attributes
 */
export function nBitsForm(product: ScopedNode): ProductForm {
  const { node, scope } = product;
  const { label } = scope.graph.source;
  const whole = (name: string, fallback?: number): number => wholeNumber(product, name, fallback);
  const [columns, rows, blockColumns, bits] = [whole('K'), whole('N'), whole('block_size'), whole('bits', 4)];
  const element = codeTypes[bits];
  if (!element) throw unsupportedHead(label, `MatMulNBits with ${bits} bits`, inFloat);
  if (blockColumns < 16 || !Number.isInteger(Math.log2(blockColumns)))
    throw unsupportedHead(label, `MatMulNBits with blocks of ${blockColumns}`, inFloat);
  if ((node.attributes.get('weight_prepacked')?.integer ?? 0) !== 0)
    throw unsupportedHead(label, 'MatMulNBits with prepacked weights', 'use the file from before prepacking');
  if (node.inputs[4])
    throw unsupportedHead(
      label,
      'MatMulNBits with a group index (g_idx)',
      'quantise the model without act-order',
    );
  const blocks = Math.ceil(columns / blockColumns);
  const values = tensorAt(product, 1, 'weights');
  if (values.element !== 'uint8')
    throw unsupportedHead(label, `MatMulNBits with ${values.element} weights`, inFloat);
  const scales = tensorAt(product, 2, 'scales');
  const scaleType = floatTypeOf(product, scales, 'scales');
  const each = { blockRows: 1, blockColumns, flat: false };
  return {
    weight: {
      values: storedMatrix(values, element, rows, columns, blocks * blockColumns),
      scales: { ...storedMatrix(scales, scaleType, rows, blocks), ...each },
      zeroPoints: node.inputs[3] ? zeroPoints() : 2 ** (bits - 1),
    },
    rowsAreTokens: true,
    tokens: { first: 0, count: rows },
    axes: matrixProduct,
    elementType: `int${bits} blocks of ${blockColumns}`,
    steps: node.inputs[5] ? [{ kind: 'bias' }] : [],
  };

  /** Codes with byte-aligned rows, or numbers of the scales' type. */
  function zeroPoints(): BlockNumbers {
    const tensor = tensorAt(product, 3, 'zero points');
    if (tensor.element !== 'uint8') {
      const type = floatTypeOf(product, tensor, 'zero points');
      return { ...storedMatrix(tensor, type, rows, blocks), ...each };
    }
    const stride = (Math.ceil((blocks * bits) / 8) * 8) / bits;
    return { ...storedMatrix(tensor, element!, rows, blocks, stride), ...each };
  }
}

const codeBooks = ['FP4', 'NF4'];

/**
 * com.microsoft.MatMulBnb4: the `[N, K]` codes of a code book in one row, with the largest absolute value of each block of
 * block_size codes (ONNX Runtime, docs/ContribOperators.md; bitsandbytes). Blocks continue across tokens.
 *
 * @throws ModelError if the tensors do not fit the attributes
 */
export function bnb4Form(product: ScopedNode): ProductForm {
  const { label } = product.scope.graph.source;
  const whole = (name: string): number => wholeNumber(product, name);
  const [columns, rows, blockColumns] = [whole('K'), whole('N'), whole('block_size')];
  const type = product.node.attributes.get('quant_type')?.integer ?? -1;
  const element = codeBooks[type];
  if (element === undefined) throw unsupportedHead(label, `MatMulBnb4 of type ${type}`, inFloat);
  const values = tensorAt(product, 1, 'weights');
  if (values.element !== 'uint8')
    throw unsupportedHead(label, `MatMulBnb4 with ${values.element} weights`, inFloat);
  const largest = tensorAt(product, 2, 'scales');
  const largestType = floatTypeOf(product, largest, 'scales');
  const blocks = Math.ceil((rows * columns) / blockColumns);
  return {
    weight: {
      values: storedMatrix(values, element, rows, columns),
      scales: { ...storedMatrix(largest, largestType, 1, blocks), blockRows: 1, blockColumns, flat: true },
      zeroPoints: 0,
    },
    rowsAreTokens: true,
    tokens: { first: 0, count: rows },
    axes: matrixProduct,
    elementType: `${element} blocks of ${blockColumns}`,
    steps: [],
  };
}

function wholeNumber({ node, scope }: ScopedNode, name: string, fallback = 0): number {
  const value = node.attributes.get(name)?.integer ?? fallback;
  if (value > 0 && value <= 2 ** 31) return value;
  throw unsupportedHead(
    scope.graph.source.label,
    `${node.operator} with ${name} ${value}`,
    'export the model again',
  );
}

/** @param what its name in messages; scales may be behind a conversion */
function tensorAt({ node, scope }: ScopedNode, input: number, what: string): OnnxTensor {
  const tensor = scope.constant(node.inputs[input] ?? '', what === 'scales' ? undefined : sameBytes);
  if (!tensor)
    throw unsupportedHead(scope.graph.source.label, `${node.operator} with computed ${what}`, foldConstants);
  return tensor;
}

function floatTypeOf({ node, scope }: ScopedNode, tensor: OnnxTensor, what: string): string {
  const type = tensor.element;
  const { label } = scope.graph.source;
  if (!floatTypes.has(type)) throw unsupportedHead(label, `${node.operator} with ${type} ${what}`, inFloat);
  if (countOf(tensor) === 0) throw wrongShape(label, tensor, `${what} are needed`);
  return type;
}
