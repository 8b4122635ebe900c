import { blockTypes } from './blockTypes';
import { halfToFloat, type Decode, type ElementType } from './elementType';

/**
 * Every supported type of a stored weight, scale or zero point. `NF4` and `FP4` are bitsandbytes' code books (QLoRA,
 * Dettmers et al. 2023, with the numbers of ONNX Runtime's MatMulBnb4), with the first code in the high half of each byte.
 * `float8_e4m3` and `float8_e5m2` are those of safetensors (Micikevicius et al. 2022).
 */
export const elementTypes: ReadonlyMap<string, ElementType> = new Map<string, ElementType>([
  ['float32', { bits: 32, decode: decodeFloat32 }],
  ['float64', { bits: 64, decode: decodeFloat64 }],
  ['float16', { bits: 16, decode: halves(halfToFloat) }],
  ['bfloat16', { bits: 16, decode: halves((bits) => bitsToFloat(bits * 0x10000)) }],
  ['float8_e4m3', coded(8, float8(4, 3))],
  ['float8_e5m2', coded(8, float8(5, 2))],
  ['int16', { bits: 16, decode: halves((bits) => (bits ^ 0x8000) - 0x8000) }],
  ['uint16', { bits: 16, decode: halves((bits) => bits) }],
  ['int8', coded(8, (code) => (code ^ 0x80) - 0x80)],
  ['uint8', coded(8, (code) => code)],
  ['int4', coded(4, (code) => (code ^ 8) - 8)],
  ['uint4', coded(4, (code) => code)],
  ['uint2', coded(2, (code) => code)],
  ['NF4', coded(4, (code) => normalFloat4[code]!, true)],
  ['FP4', coded(4, (code) => (code & 8 ? -1 : 1) * float4[code & 7]!, true)],
  ...blockTypes,
]);

const normalFloat4 = [
  -1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
  -0.18477343022823334, -0.09105003625154495, 0, 0.07958029955625534, 0.16093020141124725,
  0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1,
];

const float4 = [0, 1 / 192, 2 / 3, 1, 1 / 3, 1 / 2, 1 / 6, 1 / 4];

function decodeFloat32(bytes: Uint8Array, positions: Int32Array, shift: number, target: Float32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < positions.length; i++) target[i] = view.getFloat32((positions[i]! + shift) * 4, true);
}

function decodeFloat64(bytes: Uint8Array, positions: Int32Array, shift: number, target: Float32Array): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0; i < positions.length; i++) target[i] = view.getFloat64((positions[i]! + shift) * 8, true);
}

/** 16 bits: a table of all 65,536 numbers, built when first needed, is the fastest decoder without hardware support. */
function halves(value: (bits: number) => number): Decode {
  let table: Float32Array | undefined;
  return (bytes, positions, shift, target) => {
    table ??= tableOf(value);
    for (let i = 0; i < positions.length; i++) {
      const at = (positions[i]! + shift) * 2;
      target[i] = table[bytes[at]! | (bytes[at + 1]! << 8)]!;
    }
  };
}

function tableOf(value: (bits: number) => number): Float32Array {
  const table = new Float32Array(1 << 16);
  for (let bits = 0; bits < table.length; bits++) table[bits] = value(bits);
  return table;
}

/** Codes of 8 bits, or several codes per byte, starting with the low bits or, with `highFirst`, with the high bits. */
function coded(bits: 2 | 4 | 8, value: (code: number) => number, highFirst = false): ElementType {
  let table: Float32Array | undefined;
  const mask = (1 << bits) - 1;
  const perByte = 8 / bits;
  const order = highFirst ? perByte - 1 : 0;
  return {
    bits,
    decode(bytes, positions, shift, target) {
      table ??= Float32Array.from({ length: mask + 1 }, (_, code) => value(code));
      for (let i = 0; i < positions.length; i++) {
        const element = positions[i]! + shift;
        const within = ((element % perByte) ^ order) * bits;
        target[i] = table[(bytes[(element * bits) >>> 3]! >> within) & mask]!;
      }
    },
  };
}

const scratch = new DataView(new ArrayBuffer(4));

function bitsToFloat(bits: number): number {
  scratch.setUint32(0, bits);
  return scratch.getFloat32(0);
}

/**
 * A number of 8 bits with `exponentBits` and `fractionBits`. With 5 and 2 bits it has infinities as in IEEE 754; with 4 and 3
 * only all ones are NaN.
 */
function float8(exponentBits: number, fractionBits: number): (code: number) => number {
  const [bias, mostExponent] = [2 ** (exponentBits - 1) - 1, 2 ** exponentBits - 1];
  const size = 2 ** fractionBits;
  return (code) => {
    const sign = code & 0x80 ? -1 : 1;
    const exponent = (code & 0x7f) >> fractionBits;
    const fraction = code & (size - 1);
    const isLast = exponent === mostExponent;
    if (isLast && exponentBits === 5) return fraction === 0 ? sign * Infinity : NaN;
    if (isLast && fraction === size - 1) return NaN;
    if (exponent === 0) return sign * (fraction / size) * 2 ** (1 - bias);
    return sign * (1 + fraction / size) * 2 ** (exponent - bias);
  };
}
