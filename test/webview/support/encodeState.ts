/** JSON with typed arrays as an exported report carries them; `<` is escaped so that it can stand in a script element. */
export function encodeState(state: unknown): string {
  return JSON.stringify(state, (_key, value: unknown) => {
    if (value instanceof Float64Array) return { $f64: base64(value) };
    if (value instanceof Float32Array) return { $f32: base64(value) };
    return value;
  }).replaceAll('<', '\\u003c');
}

function base64({ buffer, byteOffset, byteLength }: Float64Array | Float32Array): string {
  return Buffer.from(buffer, byteOffset, byteLength).toString('base64');
}
