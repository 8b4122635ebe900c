import { sameShape, sameTensor, type ScopedNode } from '../onnx/graphScope';
import { countOf, type OnnxTensor } from '../onnx/tensor';
import { foldConstants, inFloat, unsupportedHead, wrongShape } from '../storage/refusalText';
import { floatTypes, storedMatrix, type BlockNumbers, type WeightUse } from './weight';

const integerTypes: ReadonlySet<string> = new Set(['int8', 'uint8', 'int4', 'uint4', 'int16', 'uint16']);

/**
 * A weight computed by DequantizeLinear (ONNX, opset 10 to 25): a single scale, one per index of `axis`, or one per
 * `block_size` elements along it. Zero points have the scales' shape and the weight's type.
 *
 * @throws ModelError if the weight is not an integer matrix, or the scales do not fit it
 */
export function dequantizedWeight(
  { node, scope }: ScopedNode,
  product: string,
): Pick<WeightUse, 'weight' | 'elementType'> {
  const { label } = scope.graph.source;
  const tensor = scope.constant(node.inputs[0] ?? '', sameTensor);
  const scale = scope.constant(node.inputs[1] ?? '', sameShape);
  const zeroName = node.inputs[2] ?? '';
  const zero = scope.constant(zeroName, sameTensor);
  if (!tensor || !scale || (zeroName !== '' && !zero))
    throw unsupportedHead(
      label,
      'DequantizeLinear of computed weights, scales or zero points',
      foldConstants,
    );
  const [element, scaleType] = [tensor.element, scale.element];
  if (!integerTypes.has(element)) throw unsupportedHead(label, `${product} with ${element} weights`, inFloat);
  if (!floatTypes.has(scaleType))
    throw unsupportedHead(label, `DequantizeLinear with ${scaleType} scales`, inFloat);
  if (tensor.dimensions.length !== 2)
    throw unsupportedHead(
      label,
      `DequantizeLinear of a weight of ${tensor.dimensions.length} dimensions`,
      inFloat,
    );
  const [rows, columns] = tensor.dimensions as [number, number];
  const blocks = blocksOf({ node, scope }, tensor, scale);
  const numbers = (of: OnnxTensor, type: string): BlockNumbers => ({
    ...storedMatrix(of, type, Math.ceil(rows / blocks.blockRows), Math.ceil(columns / blocks.blockColumns)),
    ...blocks,
    flat: false,
  });
  if (zero && (zero.element !== tensor.element || countOf(zero) !== countOf(scale)))
    throw wrongShape(label, zero, `${countOf(scale)} ${element} zero points are needed`);
  return {
    weight: {
      values: storedMatrix(tensor, element, rows, columns),
      scales: numbers(scale, scaleType),
      zeroPoints: zero ? numbers(zero, element) : 0,
    },
    elementType: element + wordsFor(blocks, rows, columns),
  };
}

interface Blocks {
  readonly blockRows: number;
  readonly blockColumns: number;
}

function blocksOf({ node, scope }: ScopedNode, tensor: OnnxTensor, scale: OnnxTensor): Blocks {
  const { label } = scope.graph.source;
  const [rows, columns] = tensor.dimensions as [number, number];
  const size = node.attributes.get('block_size')?.integer ?? 0;
  if (scale.dimensions.length < 2 && countOf(scale) === 1 && size === 0)
    return { blockRows: rows, blockColumns: columns };
  const given = node.attributes.get('axis')?.integer ?? 1;
  const axis = given < 0 ? given + 2 : given;
  if ((axis !== 0 && axis !== 1) || size < 0)
    throw unsupportedHead(label, `DequantizeLinear with axis ${given} and blocks of ${size}`, inFloat);
  const blocks =
    size === 0
      ? { blockRows: axis === 0 ? 1 : rows, blockColumns: axis === 0 ? columns : 1 }
      : { blockRows: axis === 0 ? size : 1, blockColumns: axis === 0 ? 1 : size };
  const needed = [Math.ceil(rows / blocks.blockRows), Math.ceil(columns / blocks.blockColumns)];
  const expected = size === 0 ? [needed[axis]!] : needed;
  if (scale.dimensions.join() !== expected.join())
    throw wrongShape(label, scale, `[${expected.join(', ')}] scales are needed`);
  return blocks;
}

function wordsFor({ blockRows, blockColumns }: Blocks, rows: number, columns: number): string {
  if (blockRows === rows && blockColumns === columns) return '';
  if (blockRows > 1 && blockColumns > 1) return ` blocks of ${blockRows * blockColumns}`;
  const size = blockRows * blockColumns;
  if (blockRows === rows) return ', a scale per column';
  return blockColumns === columns ? ', a scale per row' : ` blocks of ${size}`;
}
