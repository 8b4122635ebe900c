import type { ByteSource } from '../storage/byteSource';
import { elementTypes } from '../storage/elementTypes';
import { countOf, type OnnxTensor } from './tensor';
import { PackedMatrix } from '../storage/packedMatrix';
import { integersOf, fieldsOf } from './protobufReader';
import { typedBytes } from './typedData';

/**
 * The single number of a tensor stored in the .onnx file; null if it has several, or an unsupported type. @throws ModelError
 * if it cannot be read
 */
export function numberOf(tensor: OnnxTensor, source: ByteSource): number | null {
  const { data } = tensor;
  const element = elementTypes.get(tensor.element);
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

/** More than any value has axes. */
export const fewNumbers = 16;

/** Field numbers of int64 and int32 data written number by number, and bytes per number in raw data. */
const integerPlaces: Readonly<Record<string, { readonly field: number; readonly bytes: number }>> = {
  int64: { field: 7, bytes: 8 },
  int32: { field: 5, bytes: 4 },
};

/** A short list of integers such as the axes of a Slice; null if it is not one, or stored in another file. */
export function numbersOf(tensor: OnnxTensor, source: ByteSource): number[] | null {
  const place = integerPlaces[tensor.element];
  const count = countOf(tensor);
  const { data } = tensor;
  if (!place || count > fewNumbers) return null;
  const found: number[] = [];
  if (data.kind === 'inline' && data.length === count * place.bytes) {
    const bytes = source.view(data.offset, data.length);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < data.length; at += place.bytes)
      found.push(place.bytes === 8 ? Number(view.getBigInt64(at, true)) : view.getInt32(at, true));
  } else if (data.kind === 'typed') {
    for (const field of fieldsOf(source, data.range)) {
      if (field.number === place.field && found.length < count)
        found.push(...integersOf(source, field, fewNumbers));
    }
  }
  return found.length === count ? found : null;
}
