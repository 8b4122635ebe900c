/** A field of a protobuf message in memory. */
export interface MessageField {
  readonly number: number;
  /** Of a varint: its lowest 53 bits or fewer. Of 32 bits: the float32. Of bytes and 64 bits: 0. */
  readonly value: number;
  /** Of bytes: their range. */
  readonly start: number;
  readonly end: number;
}

/**
 * Visits the fields of the protobuf message in `bytes` from `start` to `end`. A vocabulary has a hundred thousand of them in
 * less than a megabyte, which the reader of ONNX files (protobufReader.ts), made for gigabytes, would visit ten times slower.
 *
 * @returns whether the bytes are a message
 */
export function eachField(
  bytes: Buffer,
  start: number,
  end: number,
  visit: (field: MessageField) => void,
): boolean {
  let at = start;
  const varint = (): number => {
    let [value, scale] = [0, 1];
    // A negative number has ten bytes, of which all after the seventh are beyond what can be a length or an id.
    for (let i = 0; i < 10 && at < end; i++, scale *= 128) {
      const byte = bytes[at++]!;
      if (i < 7) value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return NaN;
  };
  while (at < end) {
    const tag = varint();
    const [number, wire] = [Math.floor(tag / 8), tag % 8];
    let value = 0;
    let from = at;
    if (wire === 0) value = varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      from = at;
      at += length;
    } else return false;
    if (!(number > 0 && at <= end && value >= 0)) return false;
    if (wire === 5) value = bytes.readFloatLE(from);
    visit({ number, value, start: from, end: at });
  }
  return true;
}
