/** How one stored number becomes a float32. */
export interface ElementDecoder {
  readonly bytes: number;
  readonly decode: (view: DataView, offset: number) => number;
}

export const decoders: Readonly<Record<string, ElementDecoder>> = {
  float32: { bytes: 4, decode: (view, offset) => view.getFloat32(offset, true) },
  float16: { bytes: 2, decode: (view, offset) => float16Values()[view.getUint16(offset, true)]! },
};

let table: Float32Array | undefined;

/** All 65,536 half-precision numbers: a look-up is the fastest decoder without hardware support. */
function float16Values(): Float32Array {
  table ??= Float32Array.from({ length: 1 << 16 }, (_, bits) => float16(bits));
  return table;
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
