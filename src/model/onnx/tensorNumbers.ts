import type { ByteSource } from './byteSource';
import { elementTypes } from './elementTypes';
import { countOf, elementTypeName, type OnnxTensor } from './tensor';
import { PackedMatrix } from './packedMatrix';
import { integersOf, fieldsOf } from './protobufReader';
import { typedBytes } from './typedData';

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

/** More than the axes of any value. */
export const fewNumbers = 16;

/** Where int64 and int32 numbers lie that are written one by one, and how many bytes each takes otherwise. */
const integerPlaces: Readonly<Record<string, { readonly field: number; readonly bytes: number }>> = {
  int64: { field: 7, bytes: 8 },
  int32: { field: 5, bytes: 4 },
};

/** A short list of integers such as the axes of a Slice; null if it is none, or kept in another file. */
export function numbersOf(tensor: OnnxTensor, source: ByteSource): number[] | null {
  const place = integerPlaces[elementTypeName(tensor.dataType)];
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
