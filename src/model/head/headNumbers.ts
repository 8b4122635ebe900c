import type { ByteSource } from '../onnx/byteSource';
import { elementTypes } from '../onnx/elementTypes';
import { elementTypeName, type OnnxTensor } from '../onnx/onnxTensor';
import { countOf } from './headWeight';
import { PackedMatrix } from '../onnx/packedMatrix';
import { integersOf, fieldsOf } from '../onnx/protobufReader';
import { typedBytes } from '../onnx/typedData';

/** The one number of a tensor in the .onnx file itself; null if it has more, or none that we read. @throws ModelError */
export function numberOf(tensor: OnnxTensor, source: ByteSource): number | null {
  const { data } = tensor;
  const element = elementTypes.get(elementTypeName(tensor.dataType));
  if (countOf(tensor) !== 1 || !element) return null;
  if (data.kind !== 'inline' && data.kind !== 'typed') return null;
  const needed = Math.ceil(element.bits / 8);
  if (data.kind === 'inline' && data.length !== needed) return null;
  const { bytes, start } =
    data.kind === 'inline' ? { bytes: source, start: data.offset } : typedBytes(source, tensor, data, needed);
  const target = new Float32Array(1);
  new PackedMatrix({ bytes, start, element, stride: 1 }).gather(0, Int32Array.of(0), target);
  return target[0]!;
}

const fewNumbers = 16;

/** A short list of 64-bit integers, as the axes of a Slice; null if it is none. */
export function numbersOf(tensor: OnnxTensor | undefined, source: ByteSource): number[] | null {
  if (!tensor || elementTypeName(tensor.dataType) !== 'int64' || countOf(tensor) > fewNumbers) return null;
  const { data } = tensor;
  if (data.kind === 'inline') {
    const bytes = source.view(data.offset, Math.min(data.length, fewNumbers * 8));
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return Array.from({ length: bytes.length >> 3 }, (_, i) => Number(view.getBigInt64(i * 8, true)));
  }
  if (data.kind !== 'typed') return null;
  const found: number[] = [];
  for (const field of fieldsOf(source, data.range)) {
    if (field.number === 7 && found.length < fewNumbers) found.push(...integersOf(source, field, fewNumbers));
  }
  return found;
}
