/**
 * The bytes that, appended to an ONNX file, add an output to its graph. Protobuf merges repeated fields, so one more `graph
 * { output { name } }` is one more output; ONNX Runtime infers its type and shape.
 */
export function outputFragment(name: string): Uint8Array {
  return graphFragment(field(12, field(1, Buffer.from(name))));
}

/** The bytes that, appended to an ONNX file, add the fields of `graph` (a GraphProto's bytes) to its graph. */
export function graphFragment(graph: Uint8Array): Uint8Array {
  return field(7, graph);
}

function field(number: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.of(number * 8 + 2), varint(bytes.length), bytes]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80);
  return Uint8Array.from([...bytes, rest]);
}
