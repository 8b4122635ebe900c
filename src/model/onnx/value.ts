import type { ByteSource } from '../storage/byteSource';
import type { Dimension, OnnxValue } from './graph';
import { fieldsOf, textOf, type Range } from './protobufReader';

/** Longer shapes count as unknown. */
const mostDimensions = 16;

/** Reads a ValueInfoProto: the name, and the description of a tensor; null if the value is not a tensor. */
export function readValue(source: ByteSource, range: Range): [string, OnnxValue | null] {
  let name = '';
  let value: OnnxValue | null = null;
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) name = textOf(source, field);
    else if (field.number === 2) {
      const tensor = onlyField(source, field, 1);
      if (tensor) value = readTensorType(source, tensor);
    }
  }
  return [name, value];
}

function readTensorType(source: ByteSource, range: Range): OnnxValue {
  let dataType = 0;
  let shape: Dimension[] | null = null;
  for (const field of fieldsOf(source, range)) {
    if (field.number === 1) dataType = field.value;
    else if (field.number === 2) {
      shape = [];
      for (const dimension of fieldsOf(source, field)) {
        if (dimension.number !== 1) continue;
        if (shape.length === mostDimensions) return { dataType, shape: null };
        shape.push(readDimension(source, dimension));
      }
    }
  }
  return { dataType, shape };
}

/** Negative lengths are an old notation for varying lengths. */
function readDimension(source: ByteSource, range: Range): Dimension {
  const value = onlyField(source, range, 1)?.value ?? -1;
  return value >= 0 ? value : null;
}

function onlyField(source: ByteSource, range: Range, number: number) {
  for (const field of fieldsOf(source, range)) if (field.number === number) return field;
  return undefined;
}
