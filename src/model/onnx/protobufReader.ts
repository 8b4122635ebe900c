import { ModelError } from '../../errors';
import type { ByteSource } from '../storage/byteSource';

/** A field of a protobuf message: its number and either its value (varint) or the range of its bytes in the file. */
export interface Field {
  readonly number: number;
  readonly wire: 'varint' | 'bytes' | 'fixed32' | 'fixed64';
  /** The value of a varint field, as an unsigned integer; 0 for the others. */
  readonly value: number;
  readonly start: number;
  readonly end: number;
}

/** The range of a message in a file. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const maximalText = 1 << 20;
/** Real models have a few hundred thousand fields; a file that consists only of fields must not take minutes. */
const mostFields = 20_000_000;

/**
 * The fields of the message in `range`, in file order. Reads only tags and lengths, so a gigabyte of tensor data is skipped
 * at once.
 *
 * @throws ModelError if the bytes are not a protobuf message
 */
export function* fieldsOf(source: ByteSource, range: Range): Generator<Field> {
  let offset = range.start;
  while (offset < range.end) {
    const tag = varintAt(source, offset);
    const number = Math.floor(tag.value / 8);
    const field = fieldAt(source, number, tag.value % 8, tag.end);
    if (number <= 0 || field.end > range.end) throw notProtobuf(source, offset, field.end);
    if (++source.fieldsVisited > mostFields) {
      throw new ModelError(
        `${source.label} consists of more than ${mostFields} small parts; it is damaged or not a model.`,
      );
    }
    yield field;
    offset = field.end;
  }
}

/** The text of a bytes field. @throws ModelError if it is longer than a megabyte */
export function textOf(source: ByteSource, field: Range): string {
  const length = field.end - field.start;
  if (length > maximalText) {
    throw new ModelError(
      `${source.label} contains a name of ${length} bytes; it is damaged or not an ONNX file.`,
    );
  }
  return Buffer.from(source.view(field.start, length)).toString('utf8');
}

/** The first `most` signed 64-bit integers of a repeated field, packed or not; see {@link varintAt}. */
export function integersOf(source: ByteSource, field: Field, most: number): number[] {
  if (field.wire === 'varint') return [field.value];
  const values: number[] = [];
  for (let offset = field.start; offset < field.end && values.length < most;) {
    const { value, end } = varintAt(source, offset);
    values.push(value);
    offset = end;
  }
  return values;
}

export function floatOf(source: ByteSource, field: Range): number {
  const bytes = source.view(field.start, 4);
  return new DataView(bytes.buffer, bytes.byteOffset, 4).getFloat32(0, true);
}

function fieldAt(source: ByteSource, number: number, wireType: number, offset: number): Field {
  switch (wireType) {
    case 0: {
      const { value, end } = varintAt(source, offset);
      return { number, wire: 'varint', value, start: offset, end };
    }
    case 1:
      return { number, wire: 'fixed64', value: 0, start: offset, end: offset + 8 };
    case 2: {
      const { value, end } = varintAt(source, offset);
      if (value < 0) throw notProtobuf(source, offset, offset);
      return { number, wire: 'bytes', value: 0, start: end, end: end + value };
    }
    case 5:
      return { number, wire: 'fixed32', value: 0, start: offset, end: offset + 4 };
    default:
      throw notProtobuf(source, offset, offset);
  }
}

/**
 * A varint as a signed 64-bit integer. Beyond 2⁵³ it is clamped to the largest or smallest integer that a double represents
 * exactly: exporters write the largest int64 for "to the end".
 *
 * @throws ModelError if it is not a varint
 */
export function varintAt(source: ByteSource, start: number): { value: number; end: number } {
  let low = 0;
  let scale = 1;
  for (let i = 0; i < 7; i++) {
    const byte = source.byte(start + i);
    low += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value: low, end: start + i + 1 };
    scale *= 128;
  }
  return longVarint(source, start);
}

/** A varint of more than seven bytes. Negative numbers take ten, the two's complement of 64 bits. */
function longVarint(source: ByteSource, start: number): { value: number; end: number } {
  let bits = 0n;
  for (let i = 0; i < 10; i++) {
    const byte = source.byte(start + i);
    bits |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if (byte >= 0x80) continue;
    if (i === 9 && byte > 1) break;
    const most = Number.MAX_SAFE_INTEGER;
    const value = Math.max(-most, Math.min(most, Number(BigInt.asIntN(64, bits))));
    return { value, end: start + i + 1 };
  }
  throw notProtobuf(source, start, start);
}

function notProtobuf(source: ByteSource, offset: number, end: number): ModelError {
  if (end > source.size) return source.truncated(end);
  return new ModelError(
    `${source.label} is not a readable ONNX file (damaged at byte ${offset}); export or copy it again.`,
  );
}
