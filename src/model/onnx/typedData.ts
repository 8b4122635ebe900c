import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import { elementTypes } from '../storage/elementTypes';
import { type OnnxTensor, type TensorData } from './tensor';
import { shown } from '../storage/refusalText';
import type { Bytes } from '../storage/packedMatrix';
import { fieldsOf, varintAt, type Field } from './protobufReader';

/** Varints have no fixed offsets, so such data is decoded into memory; exporters write only small tensors this way. */
const mostTypedBytes = 32_000_000;

const [floatData, int32Data, doubleData] = [4, 5, 10];

/**
 * The data of a typed field as the bytes of an equivalent `raw_data` (onnx.proto, TensorProto): float_data and double_data
 * already have them, and each entry of int32_data holds a number of at most 16 bits or a byte of packed nibbles.
 *
 * @throws ModelError if the field does not fit the type or the shape, or is too large
 */
export function typedBytes(
  file: ByteSource,
  tensor: Pick<OnnxTensor, 'name' | 'element'>,
  data: TensorData & { readonly kind: 'typed' },
  needed: number,
): { bytes: Bytes; start: number } {
  const name = tensor.element;
  const fits = { float32: floatData, float64: doubleData }[name] ?? int32Data;
  const width = Math.max(1, elementTypes.get(name)!.bits / 8);
  const fields: Field[] = [];
  for (const field of fieldsOf(file, data.range)) {
    if (field.number === fits) fields.push(field);
    // Each unpacked number is a field of at least two bytes.
    if (fields.length * width > Math.min(needed, mostTypedBytes)) throw tooMany();
  }
  const [first] = fields;
  if (data.field !== fits || !first) throw notFitting();
  if (fits !== int32Data && fields.length === 1 && first.end - first.start === needed)
    return { bytes: file, start: first.start };
  if (needed > mostTypedBytes) {
    throw new ModelError(
      `${file.label} stores the ${needed} bytes of ${shown(tensor.name)} number by number; save it with raw or external data.`,
    );
  }
  const target = new Uint8Array(needed);
  let at = 0;
  for (const field of fields) at = fits === int32Data ? addVarints(field, at) : addBytes(field, at);
  if (at !== needed) throw notFitting();
  return { bytes: new MemoryBytes(file.label, target), start: 0 };

  function addVarints(field: Field, start: number): number {
    let end = start;
    for (let offset = field.start; offset < field.end;) {
      const varint = varintAt(file, offset);
      if (end + width > needed) throw tooMany();
      target[end++] = varint.value & 0xff;
      if (width === 2) target[end++] = (varint.value >> 8) & 0xff;
      offset = varint.end;
    }
    return end;
  }

  function addBytes(field: Field, start: number): number {
    const length = field.end - field.start;
    if (start + length > needed) throw tooMany();
    file.read(field.start, target.subarray(start, start + length));
    return start + length;
  }

  function tooMany(): ModelError {
    return new ModelError(
      `${file.label} stores more numbers for ${shown(tensor.name)} than its shape has; export the model again.`,
    );
  }

  function notFitting(): ModelError {
    return new ModelError(
      `${file.label} stores ${name} numbers of ${shown(tensor.name)} in a field that does not fit them; export the model again.`,
    );
  }
}

class MemoryBytes implements Bytes {
  readonly size: number;

  constructor(
    readonly label: string,
    private readonly data: Uint8Array,
  ) {
    this.size = data.length;
  }

  read(offset: number, target: Uint8Array): void {
    target.set(this.data.subarray(offset, offset + target.length));
  }
}
