/** The byte format of a number type (little-endian), and the loop that decodes it to float32. */
export interface ElementType {
  /** Mean width of a number. */
  readonly bits: number;
  /** Numbers that are stored together and can only be decoded as a whole; missing if each is stored by itself. */
  readonly blockSize?: number;
  /** `target[i]` = element number `positions[i] + shift` of `bytes`. One call for many elements keeps the loop tight. */
  readonly decode: Decode;
}

export type Decode = (bytes: Uint8Array, positions: Int32Array, shift: number, target: Float32Array) => void;

/** The number with these bits in IEEE 754's binary16. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
