import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';
import { shown } from '../storage/refusalText';
import { fieldsOf, integersOf, textOf, type Range } from './protobufReader';

/** Location of a tensor's bytes. `typed`: in the repeated field with that number of the tensor's message `range`. */
export type TensorData =
  | { readonly kind: 'inline'; readonly offset: number; readonly length: number }
  | {
      readonly kind: 'external';
      readonly location: string;
      readonly offset: number;
      readonly length: number | null;
    }
  | { readonly kind: 'typed'; readonly field: number; readonly range: Range }
  | { readonly kind: 'none' };

export interface OnnxTensor {
  readonly name: string;
  readonly dimensions: readonly number[];
  /** The name of its TensorProto.DataType, such as `float16`. */
  readonly element: string;
  readonly data: TensorData;
}

const typeNames = (
  'undefined float32 uint8 int8 uint16 int16 int32 int64 string bool float16 float64 uint32 uint64 complex64 complex128 ' +
  'bfloat16 float8e4m3fn float8e4m3fnuz float8e5m2 float8e5m2fnuz uint4 int4 float4e2m1 float8e8m0 uint2 int2'
).split(' ');

/** Name of a TensorProto.DataType (onnx.proto), such as `float16`. */
export function elementTypeName(dataType: number): string {
  return typeNames[dataType] ?? `type ${dataType}`;
}

/** Number of elements of the shape. */
export function countOf(tensor: Pick<OnnxTensor, 'dimensions'>): number {
  return tensor.dimensions.reduce((product, size) => product * size, 1);
}

/** Limits far beyond real models; a file that exceeds them is damaged or malicious. */
const mostDimensions = 8;
const largestDimension = 2 ** 31;

/** float_data, int32_data, int64_data, double_data, uint64_data; strings (6) are not numbers. */
const typedFields = new Set([4, 5, 6, 7, 10, 11]);

/** Reads a TensorProto without its data. @throws ModelError if its bytes or its shape are invalid */
export function readTensor(source: ByteSource, range: Range): OnnxTensor {
  const dimensions: number[] = [];
  const external = new Map<string, string>();
  let name = '';
  let dataType = 0;
  let isExternal = false;
  let data: TensorData = { kind: 'none' };
  for (const field of fieldsOf(source, range)) {
    const { start: offset, end, number } = field;
    if (number === 1) {
      if (dimensions.length <= mostDimensions)
        dimensions.push(...integersOf(source, field, mostDimensions + 1));
    } else if (number === 2) dataType = field.value;
    else if (number === 8) name = textOf(source, field);
    else if (number === 9) data = { kind: 'inline', offset, length: end - offset };
    else if (typedFields.has(number) && data.kind !== 'inline')
      data = { kind: 'typed', field: number, range };
    else if (number === 13) addEntry(source, field, external);
    else if (number === 14) isExternal = field.value === 1;
  }
  checkDimensions(source, name, dimensions);
  if (isExternal) data = externalData(source, name, external);
  return { name, dimensions, element: elementTypeName(dataType), data };
}

/** @throws ModelError if the shape is not possible */
function checkDimensions(source: ByteSource, tensor: string, dimensions: readonly number[]): void {
  const isPossible =
    dimensions.length <= mostDimensions && dimensions.every((size) => size >= 0 && size <= largestDimension);
  if (isPossible) return;
  const shape = dimensions.slice(0, mostDimensions).join(', ');
  throw new ModelError(
    `${source.label} gives ${shown(tensor)} the shape [${shape}], which is not possible; export the model again.`,
  );
}

function externalData(source: ByteSource, tensor: string, entries: ReadonlyMap<string, string>): TensorData {
  const decimal = (key: string): number | null => {
    const text = entries.get(key);
    if (text === undefined) return null;
    const value = Number(text);
    if (/^\d+$/u.test(text) && Number.isSafeInteger(value)) return value;
    throw new ModelError(
      `${source.label} gives the tensor ${shown(tensor)} the external ${key} “${shown(text)}”, which is not a number; export the model again.`,
    );
  };
  const location = entries.get('location');
  if (location === undefined) return { kind: 'none' };
  return { kind: 'external', location, offset: decimal('offset') ?? 0, length: decimal('length') };
}

/** Adds one `external_data` entry if its key is known, because a file may have any number of others. */
function addEntry(source: ByteSource, range: Range, entries: Map<string, string>): void {
  let [key, value] = ['', ''];
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) key = textOf(source, field);
    else if (field.number === 2) value = textOf(source, field);
  }
  if (['location', 'offset', 'length'].includes(key)) entries.set(key, value);
}
