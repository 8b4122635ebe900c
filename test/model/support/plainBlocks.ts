/**
 * Every block format of GGUF, weight by weight, from the table in ../shared/reference/weights.md. `at(i)` is byte i of the
 * block; halves are at the offsets where the table puts them.
 */
interface PlainBlock {
  readonly type: number;
  readonly bytes: number;
  readonly weights: number;
  /** Offsets of float16 numbers, which random bytes must not make infinite. */
  readonly halves: readonly number[];
  readonly weight: (block: Uint8Array, i: number) => number;
}

const table = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

function half(block: Uint8Array, offset: number): number {
  const bits = block[offset]! + 256 * block[offset + 1]!;
  const exponent = Math.floor(bits / 1024) % 32;
  const fraction = (bits % 1024) / 1024;
  const size = exponent === 0 ? fraction * 2 ** -14 : (1 + fraction) * 2 ** (exponent - 15);
  return bits >= 32768 ? -size : size;
}

const bit = (block: Uint8Array, start: number, index: number): number =>
  Math.floor(block[start + Math.floor(index / 8)]! / 2 ** (index % 8)) % 2;

const int8 = (byte: number): number => (byte > 127 ? byte - 256 : byte);

/** Low nibbles are the first half of 32, high nibbles the second. */
const nibble = (block: Uint8Array, start: number, i: number): number =>
  i < 16 ? block[start + i]! % 16 : Math.floor(block[start + i - 16]! / 16);

/** 128 weights share 32 bytes, 2 bits each: the first 32 weights have the lowest bits. */
const twoBits = (block: Uint8Array, start: number, i: number): number =>
  Math.floor(block[start + 32 * Math.floor(i / 128) + (i % 32)]! / 4 ** Math.floor((i % 128) / 32)) % 4;

/** 64 weights share 32 bytes, 4 bits each: the first 32 weights have the low nibbles. */
const fourBits = (block: Uint8Array, start: number, i: number): number => {
  const byte = block[start + 32 * Math.floor(i / 64) + (i % 32)]!;
  return i % 64 < 32 ? byte % 16 : Math.floor(byte / 16);
};

/** The eight scales and eight minimums of Q4_K and Q5_K, in 12 bytes from 4 on. */
function scaleAndMinimum(block: Uint8Array, group: number): [number, number] {
  const byte = (i: number): number => block[4 + i]!;
  if (group < 4) return [byte(group) % 64, byte(group + 4) % 64];
  const low = byte(group + 4);
  return [
    (low % 16) + 16 * Math.floor(byte(group - 4) / 64),
    Math.floor(low / 16) + 16 * Math.floor(byte(group) / 64),
  ];
}

/** Scale `group` of the sixteen of Q3_K, in 12 bytes from 96 on. */
function thirdScale(block: Uint8Array, group: number): number {
  const low = group < 8 ? block[96 + group]! % 16 : Math.floor(block[96 + group - 8]! / 16);
  const high = Math.floor(block[104 + (group % 4)]! / 4 ** Math.floor(group / 4)) % 4;
  return low + 16 * high;
}

export const plainBlocks: Readonly<Record<string, PlainBlock>> = {
  Q4_0: {
    ...{ type: 2, bytes: 18, weights: 32, halves: [0] },
    weight: (block, i) => (nibble(block, 2, i) - 8) * half(block, 0),
  },
  Q4_1: {
    ...{ type: 3, bytes: 20, weights: 32, halves: [0, 2] },
    weight: (block, i) => nibble(block, 4, i) * half(block, 0) + half(block, 2),
  },
  Q5_0: {
    ...{ type: 6, bytes: 22, weights: 32, halves: [0] },
    weight: (block, i) => (nibble(block, 6, i) + 16 * bit(block, 2, i) - 16) * half(block, 0),
  },
  Q5_1: {
    ...{ type: 7, bytes: 24, weights: 32, halves: [0, 2] },
    weight: (block, i) => (nibble(block, 8, i) + 16 * bit(block, 4, i)) * half(block, 0) + half(block, 2),
  },
  Q8_0: {
    ...{ type: 8, bytes: 34, weights: 32, halves: [0] },
    weight: (block, i) => int8(block[2 + i]!) * half(block, 0),
  },
  Q2_K: {
    ...{ type: 10, bytes: 84, weights: 256, halves: [80, 82] },
    weight: (block, i) => {
      const both = block[Math.floor(i / 16)]!;
      return half(block, 80) * (both % 16) * twoBits(block, 16, i) - half(block, 82) * Math.floor(both / 16);
    },
  },
  Q3_K: {
    ...{ type: 11, bytes: 110, weights: 256, halves: [108] },
    weight: (block, i) => {
      const isSet = Math.floor(block[i % 32]! / 2 ** Math.floor(i / 32)) % 2 === 1;
      const code = twoBits(block, 32, i) - (isSet ? 0 : 4);
      return half(block, 108) * (thirdScale(block, Math.floor(i / 16)) - 32) * code;
    },
  },
  Q4_K: {
    ...{ type: 12, bytes: 144, weights: 256, halves: [0, 2] },
    weight: (block, i) => {
      const [scale, minimum] = scaleAndMinimum(block, Math.floor(i / 32));
      return half(block, 0) * scale * fourBits(block, 16, i) - half(block, 2) * minimum;
    },
  },
  Q5_K: {
    ...{ type: 13, bytes: 176, weights: 256, halves: [0, 2] },
    weight: (block, i) => {
      const [scale, minimum] = scaleAndMinimum(block, Math.floor(i / 32));
      const fifth = Math.floor(block[16 + (i % 32)]! / 2 ** Math.floor(i / 32)) % 2;
      return half(block, 0) * scale * (fourBits(block, 48, i) + 16 * fifth) - half(block, 2) * minimum;
    },
  },
  Q6_K: {
    ...{ type: 14, bytes: 210, weights: 256, halves: [208] },
    weight: (block, i) => {
      const within = i % 128;
      const byte = block[64 * Math.floor(i / 128) + (within % 64)]!;
      const low = within < 64 ? byte % 16 : Math.floor(byte / 16);
      const high = twoBits(block, 128, i);
      return half(block, 208) * int8(block[192 + Math.floor(i / 16)]!) * (low + 16 * high - 32);
    },
  },
  Q8_K: {
    ...{ type: 15, bytes: 292, weights: 256, halves: [] },
    weight: (block, i) => Buffer.from(block).readFloatLE(0) * int8(block[4 + i]!),
  },
  IQ4_NL: {
    ...{ type: 20, bytes: 18, weights: 32, halves: [0] },
    weight: (block, i) => table[nibble(block, 2, i)]! * half(block, 0),
  },
  IQ4_XS: {
    ...{ type: 23, bytes: 136, weights: 256, halves: [0] },
    weight: (block, i) => {
      const group = Math.floor(i / 32);
      const byte = block[4 + Math.floor(group / 2)]!;
      const low = group % 2 === 0 ? byte % 16 : Math.floor(byte / 16);
      const high = Math.floor((block[2]! + 256 * block[3]!) / 4 ** group) % 4;
      return half(block, 0) * (low + 16 * high - 32) * table[nibble(block, 8 + 16 * group, i % 32)]!;
    },
  },
};
