import { onnxDataType } from '../../../src/model/onnx/writer';
import {
  bytes,
  codes,
  f,
  floats,
  halves,
  hidden,
  ints,
  node,
  numbers,
  packed,
  vocab,
  type HeadForm,
} from './headForms';

const [block, blocks] = [16, 3];
const padded = blocks * block;

/** Including negative ones. */
const scales = numbers(vocab * blocks, 3).map(f);
const halfScaleBits = Array.from({ length: vocab * blocks }, (_, i) => 0x2c00 + i * 16 + (i % 2) * 0x8000);
const halfScale = (i: number): number => (i % 2 ? -1 : 1) * 2 ** -4 * (1 + (i * 16) / 1024);
const brainScaleBits = Array.from({ length: vocab * blocks }, (_, i) => 0x3d80 + i);
const brainScale = (i: number): number => 2 ** -4 * (1 + i / 128);

interface NBits {
  readonly name: string;
  readonly bits: number;
  readonly zeroPoints?: 'packed' | 'float';
  readonly scale?: 'flat' | 'float16' | 'bfloat16';
  readonly more?: Partial<HeadForm>;
}

function nBits({ name, bits, zeroPoints, scale, more }: NBits): HeadForm {
  const stored = codes(vocab * padded, bits, bits);
  const zeroCodes = codes(vocab * blocks, bits, bits + 20);
  const zeroFloats = numbers(vocab * blocks, 5).map((value) => f(value * 2 ** bits));
  const rowBytes = Math.ceil((blocks * bits) / 8);
  const zeroRows = Array.from({ length: vocab }, (_, token) => [
    ...packed(zeroCodes.slice(token * blocks, (token + 1) * blocks), bits),
  ]);
  const half = scale === 'float16';
  const scaleAt = (at: number): number =>
    half ? halfScale(at) : scale === 'bfloat16' ? brainScale(at) : scales[at]!;
  const zeroTensor =
    zeroPoints === 'packed'
      ? [bytes('Z', [vocab, rowBytes], onnxDataType.uint8, zeroRows.flat())]
      : zeroPoints === 'float'
        ? [floats('Z', [vocab, blocks], zeroFloats)]
        : [];
  const inputs = [half ? 'half' : 'hidden', 'W', 'S', ...(zeroPoints ? ['Z'] : [])];
  const attributes = ints({ K: hidden, N: vocab, bits, block_size: block });
  const product = node('com.microsoft.MatMulNBits', inputs, half ? 'product' : 'logits', attributes);
  return {
    name,
    node: half
      ? [
          node('Cast', ['hidden'], 'half', ints({ to: 10 })),
          product,
          node('Cast', ['product'], 'logits', ints({ to: 1 })),
        ]
      : [product],
    initializer: [
      bytes('W', [vocab, blocks, (block * bits) / 8], onnxDataType.uint8, packed(stored, bits)),
      half
        ? halves('S', [vocab * blocks], onnxDataType.float16, halfScaleBits)
        : scale === 'bfloat16'
          ? halves('S', [vocab, blocks], onnxDataType.bfloat16, brainScaleBits)
          : floats('S', scale === 'flat' ? [vocab * blocks] : [vocab, blocks], scales),
      ...zeroTensor,
    ],
    truth: (token, dimension) => {
      const at = token * blocks + Math.floor(dimension / block);
      const code = stored[token * padded + dimension]!;
      const zero = { packed: zeroCodes[at]!, float: zeroFloats[at]!, none: 2 ** (bits - 1) }[
        zeroPoints ?? 'none'
      ];
      return (code - zero) * scaleAt(at);
    },
    elementType: `int${bits} blocks of 16`,
    layout: '[vocab, hidden]',
    ...more,
  };
}

const bnb4Tables = {
  FP4: [0, 1 / 192, 2 / 3, 1, 1 / 3, 1 / 2, 1 / 6, 1 / 4],
  NF4: [
    -1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
    -0.18477343022823334, -0.09105003625154495, 0, 0.07958029955625534, 0.16093020141124725,
    0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1,
  ],
};

function bnb4(type: 'FP4' | 'NF4', size: number): HeadForm {
  const stored = codes(vocab * hidden, 4, 9);
  const largest = numbers(Math.ceil((vocab * hidden) / size), 11).map((value) => f(Math.abs(value)));
  const positive = bnb4Tables.FP4;
  const table = type === 'NF4' ? bnb4Tables.NF4 : [...positive, ...positive.map((value) => -value)];
  return {
    name: `MatMulBnb4 ${type} in blocks of ${size}`,
    node: [
      node(
        'com.microsoft.MatMulBnb4',
        ['hidden', 'W', 'A'],
        'logits',
        ints({ K: hidden, N: vocab, block_size: size, quant_type: type === 'NF4' ? 1 : 0 }),
      ),
    ],
    initializer: [
      bytes('W', [(vocab * hidden) / 2], onnxDataType.uint8, packed(stored, 4, true)),
      floats('A', [largest.length], largest),
    ],
    truth: (token, dimension) => {
      const at = token * hidden + dimension;
      return table[stored[at]!]! * largest[Math.floor(at / size)]!;
    },
    elementType: `${type} blocks of ${size}`,
    layout: '[vocab, hidden]',
  };
}

export const blockForms: readonly HeadForm[] = [
  nBits({ name: 'MatMulNBits, 4 bits, symmetric', bits: 4 }),
  nBits({ name: 'MatMulNBits, 4 bits, packed zero points', bits: 4, zeroPoints: 'packed', scale: 'flat' }),
  nBits({ name: 'MatMulNBits, 4 bits, float zero points', bits: 4, zeroPoints: 'float' }),
  nBits({ name: 'MatMulNBits, 4 bits, float16 scales', bits: 4, scale: 'float16' }),
  nBits({ name: 'MatMulNBits, 8 bits, symmetric', bits: 8 }),
  nBits({ name: 'MatMulNBits, 8 bits, packed zero points', bits: 8, zeroPoints: 'packed' }),
  nBits({ name: 'MatMulNBits, 2 bits, symmetric', bits: 2 }),
  nBits({ name: 'MatMulNBits, 2 bits, packed zero points', bits: 2, zeroPoints: 'packed' }),
  nBits({
    name: 'MatMulNBits, 8 bits, bfloat16 scales',
    bits: 8,
    scale: 'bfloat16',
    more: { withoutRuntime: 'no CPU kernel takes bfloat16 scales' },
  }),
  ...[16, 32, 64].flatMap((size) => [bnb4('NF4', size), bnb4('FP4', size)]),
];
