import { halfToFloat, type ElementType } from './elementType';

/** Decodes the block of weights that starts at byte `from` into `target`, from `at` on. */
type DecodeBlock = (bytes: Uint8Array, from: number, target: Float32Array, at: number) => void;

/** Weights of the types with short and with long blocks. */
const [short, long] = [32, 256];

/**
 * The block formats of GGUF tensors by their names in ggml, which defines the layouts (ggml-common.h, ggml-quants.c). d, m and
 * dmin are float16 unless a comment says otherwise; q are the codes.
 */
export const blockTypes: readonly (readonly [name: string, type: ElementType])[] = [
  // d, 16 bytes of codes: (q − 8) · d
  block('Q4_0', 18, short, (bytes, from, target, at) => {
    const d = halfAt(bytes, from);
    nibbles(bytes, from + 2, target, at, (code) => (code - 8) * d);
  }),
  // d, m, 16 bytes of codes: q · d + m
  block('Q4_1', 20, short, (bytes, from, target, at) => {
    const [d, m] = [halfAt(bytes, from), halfAt(bytes, from + 2)];
    nibbles(bytes, from + 4, target, at, (code) => code * d + m);
  }),
  // d, 32 fifth bits, 16 bytes of low nibbles: (q − 16) · d
  block('Q5_0', 22, short, (bytes, from, target, at) => {
    const d = halfAt(bytes, from);
    fiveBits(bytes, from + 2, target, at, (code) => (code - 16) * d);
  }),
  // d, m, 32 fifth bits, 16 bytes of low nibbles: q · d + m
  block('Q5_1', 24, short, (bytes, from, target, at) => {
    const [d, m] = [halfAt(bytes, from), halfAt(bytes, from + 2)];
    fiveBits(bytes, from + 4, target, at, (code) => code * d + m);
  }),
  // d, 32 int8: q · d
  block('Q8_0', 34, short, (bytes, from, target, at) => {
    const d = halfAt(bytes, from);
    for (let i = 0; i < short; i++) target[at + i] = signed(bytes[from + 2 + i]!) * d;
  }),
  // 16 bytes of scales (low nibble) and minimums (high nibble), 64 bytes of 2-bit codes, d, dmin
  block('Q2_K', 84, long, (bytes, from, target, at) => {
    const [d, dmin] = [halfAt(bytes, from + 80), halfAt(bytes, from + 82)];
    for (let group = 0; group < 16; group++) {
      const scales = bytes[from + group]!;
      const [scale, minimum] = [d * (scales & 15), dmin * (scales >> 4)];
      const { codes, shift } = twoBitGroup(group);
      for (let i = 0; i < 16; i++) {
        const code = (bytes[from + 16 + codes + i]! >> shift) & 3;
        target[at + group * 16 + i] = scale * code - minimum;
      }
    }
  }),
  // 32 bytes of third bits, 64 bytes of 2-bit codes, sixteen 6-bit scales, d: d · (s − 32) · (q − 4, or q with the bit)
  block('Q3_K', 110, long, (bytes, from, target, at) => {
    const d = halfAt(bytes, from + 108);
    for (let group = 0; group < 16; group++) {
      const scale = d * (sixBitScale(bytes, from + 96, group) - 32);
      const { codes, shift } = twoBitGroup(group);
      const bit = 1 << (group >> 1);
      for (let i = 0; i < 16; i++) {
        const low = (bytes[from + 32 + codes + i]! >> shift) & 3;
        const isHigh = (bytes[from + (codes & 16) + i]! & bit) !== 0;
        target[at + group * 16 + i] = scale * (isHigh ? low : low - 4);
      }
    }
  }),
  // d, dmin, eight 6-bit scales and minimums, 128 bytes of codes: d · s · q − dmin · m
  block('Q4_K', 144, long, (bytes, from, target, at) => {
    groupsOf32(bytes, from, (group, scale, minimum) => {
      const codes = from + 16 + (group >> 1) * 32;
      const shift = (group & 1) * 4;
      const to = at + group * 32;
      for (let i = 0; i < 32; i++) target[to + i] = scale * ((bytes[codes + i]! >> shift) & 15) - minimum;
    });
  }),
  // the same with 32 bytes of fifth bits before the codes
  block('Q5_K', 176, long, (bytes, from, target, at) => {
    groupsOf32(bytes, from, (group, scale, minimum) => {
      const codes = from + 48 + (group >> 1) * 32;
      const shift = (group & 1) * 4;
      const to = at + group * 32;
      for (let i = 0; i < 32; i++) {
        const fifth = (bytes[from + 16 + i]! >> group) & 1;
        target[to + i] = scale * (((bytes[codes + i]! >> shift) & 15) + fifth * 16) - minimum;
      }
    });
  }),
  // 128 bytes of low nibbles, 64 bytes of two high bits, 16 int8 scales, d: d · s · (q − 32)
  block('Q6_K', 210, long, (bytes, from, target, at) => {
    const d = halfAt(bytes, from + 208);
    for (let group = 0; group < 8; group++) {
      const half = group >> 2;
      const quarter = group & 3;
      const low = from + half * 64 + (quarter & 1) * 32;
      const high = from + 128 + half * 32;
      const lowShift = (quarter >> 1) * 4;
      const highShift = quarter * 2;
      for (let i = 0; i < 32; i++) {
        const scale = d * signed(bytes[from + 192 + group * 2 + (i >> 4)]!);
        const code = ((bytes[low + i]! >> lowShift) & 15) | (((bytes[high + i]! >> highShift) & 3) << 4);
        target[at + group * 32 + i] = scale * (code - 32);
      }
    }
  }),
  // d in float32, 256 int8, 16 sums that only products use: q · d
  block('Q8_K', 292, long, (bytes, from, target, at) => {
    const d = new DataView(bytes.buffer, bytes.byteOffset + from, 4).getFloat32(0, true);
    for (let i = 0; i < long; i++) target[at + i] = signed(bytes[from + 4 + i]!) * d;
  }),
  // d, 16 bytes of codes of a table
  block('IQ4_NL', 18, short, (bytes, from, target, at) => {
    const d = halfAt(bytes, from);
    nibbles(bytes, from + 2, target, at, (code) => nonlinear4[code]! * d);
  }),
  // d, two high bits and (after them) four low bits of eight scales, 128 bytes of codes of the table: d · (s − 32) · value
  block('IQ4_XS', 136, long, (bytes, from, target, at) => {
    const d = halfAt(bytes, from);
    const highBits = bytes[from + 2]! | (bytes[from + 3]! << 8);
    for (let group = 0; group < 8; group++) {
      const low = (bytes[from + 4 + (group >> 1)]! >> ((group & 1) * 4)) & 15;
      const scale = d * ((low | (((highBits >> (group * 2)) & 3) << 4)) - 32);
      nibbles(bytes, from + 8 + group * 16, target, at + group * 32, (code) => nonlinear4[code]! * scale);
    }
  }),
];

const nonlinear4 = [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

function block(
  name: string,
  blockBytes: number,
  blockSize: number,
  decodeBlock: DecodeBlock,
): [string, ElementType] {
  const one = new Float32Array(blockSize);
  return [
    name,
    {
      bits: (blockBytes * 8) / blockSize,
      blockSize,
      decode(bytes, positions, shift, target) {
        for (let i = 0; i < positions.length;) {
          const element = positions[i]! + shift;
          const start = element - (element % blockSize);
          const from = (start / blockSize) * blockBytes;
          const isWhole = element === start && positions[i + blockSize - 1] === positions[i]! + blockSize - 1;
          if (isWhole) {
            decodeBlock(bytes, from, target, i);
            i += blockSize;
            continue;
          }
          decodeBlock(bytes, from, one, 0);
          for (; i < positions.length && positions[i]! + shift < start + blockSize; i++)
            target[i] = one[positions[i]! + shift - start]!;
        }
      },
    },
  ];
}

function halfAt(bytes: Uint8Array, at: number): number {
  return halfToFloat(bytes[at]! | (bytes[at + 1]! << 8));
}

function signed(byte: number): number {
  return (byte << 24) >> 24;
}

/** 16 bytes of 32 codes: the low nibbles are the first half. */
function nibbles(
  bytes: Uint8Array,
  from: number,
  target: Float32Array,
  at: number,
  value: (code: number) => number,
): void {
  for (let i = 0; i < 16; i++) {
    const pair = bytes[from + i]!;
    target[at + i] = value(pair & 15);
    target[at + 16 + i] = value(pair >> 4);
  }
}

/** 4 bytes of fifth bits, then nibbles as above. */
function fiveBits(
  bytes: Uint8Array,
  from: number,
  target: Float32Array,
  at: number,
  value: (code: number) => number,
): void {
  for (let i = 0; i < 16; i++) {
    const pair = bytes[from + 4 + i]!;
    const [low, high] = [bytes[from + (i >> 3)]!, bytes[from + 2 + (i >> 3)]!];
    target[at + i] = value((pair & 15) | (((low >> (i & 7)) & 1) << 4));
    target[at + 16 + i] = value((pair >> 4) | (((high >> (i & 7)) & 1) << 4));
  }
}

/** Where the 2-bit codes of a group of 16 are: halves of 128 weights share 32 bytes, one group of 32 per pair of bits. */
function twoBitGroup(group: number): { codes: number; shift: number } {
  const within = group & 7;
  return { codes: (group >> 3) * 32 + (within & 1) * 16, shift: (within >> 1) * 2 };
}

/** Sixteen scales of 6 bits: 8 bytes with two times 4 low bits, then 4 bytes with four times 2 high bits. */
function sixBitScale(bytes: Uint8Array, from: number, group: number): number {
  const low = (bytes[from + (group & 7)]! >> ((group >> 3) * 4)) & 15;
  const high = (bytes[from + 8 + (group & 3)]! >> ((group >> 2) * 2)) & 3;
  return low | (high << 4);
}

/** The scales and minimums of Q4_K and Q5_K: d, dmin, then twelve bytes with eight of each in 6 bits. */
function groupsOf32(
  bytes: Uint8Array,
  from: number,
  visit: (group: number, scale: number, minimum: number) => void,
): void {
  const [d, dmin] = [halfAt(bytes, from), halfAt(bytes, from + 2)];
  const packed = from + 4;
  for (let group = 0; group < 8; group++) {
    const isFirst = group < 4;
    const [scaleByte, minimumByte] = [bytes[packed + group]!, bytes[packed + group + 4]!];
    const both = bytes[packed + group + 4]!;
    const scale = isFirst ? scaleByte & 63 : (both & 15) | ((bytes[packed + group - 4]! >> 6) << 4);
    const minimum = isFirst ? minimumByte & 63 : (both >> 4) | ((bytes[packed + group]! >> 6) << 4);
    visit(group, d * scale, dmin * minimum);
  }
}
