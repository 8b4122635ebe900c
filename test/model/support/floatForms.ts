import { onnxDataType } from '../../../src/model/onnx/writer';
import { bytes, f, floats, halves, hidden, ints, node, numbers, vocab, type HeadForm } from './headForms';

const values = numbers(vocab * hidden, 1).map(f);
const byColumn = (token: number, dimension: number): number => values[dimension * vocab + token]!;
const byRow = (token: number, dimension: number): number => values[token * hidden + dimension]!;
const weight = floats('W', [hidden, vocab], values);
const turned = floats('W', [vocab, hidden], values);
const float32 = { elementType: 'float32', layout: '[hidden, vocab]', truth: byColumn } as const;
const turnedFloat32 = { elementType: 'float32', layout: '[vocab, hidden]', truth: byRow } as const;
const product = node('MatMul', ['hidden', 'W'], 'product');

/** Bits of 1 + n/1024 in half precision, and of 1 + n/128 in bfloat16: numbers with simple exact values. */
const halfBits = Array.from({ length: vocab * hidden }, (_, i) => 0x3c00 + i);
const brainBits = Array.from({ length: vocab * hidden }, (_, i) => 0x3f80 + (i % 128));

export const floatForms: readonly HeadForm[] = [
  { name: 'MatMul', ...float32, node: [node('MatMul', ['hidden', 'W'], 'logits')], initializer: [weight] },
  {
    name: 'MatMul with an operator of the old domain name',
    ...float32,
    node: [{ ...node('MatMul', ['hidden', 'W'], 'logits'), domain: 'ai.onnx' }],
    initializer: [weight],
  },
  {
    name: 'Transpose of a tied embedding',
    ...turnedFloat32,
    node: [
      node('Transpose', ['W'], 'T', [{ name: 'perm', ints: [1, 0] }]),
      node('MatMul', ['hidden', 'T'], 'logits'),
    ],
    initializer: [turned],
  },
  {
    name: 'Gemm with transB, alpha and a bias',
    ...turnedFloat32,
    node: [node('Gemm', ['hidden', 'W', 'b'], 'logits', [...ints({ transB: 1 }), { name: 'alpha', f: 0.5 }])],
    initializer: [turned, floats('b', [vocab], numbers(vocab, 2))],
    after: ['scale 0.5', 'bias'],
  },
  {
    name: 'Gemm as it is',
    ...float32,
    node: [node('Gemm', ['hidden', 'W'], 'logits')],
    initializer: [weight],
  },
  {
    name: 'FusedMatMul with transB and alpha',
    ...turnedFloat32,
    node: [
      node('com.microsoft.FusedMatMul', ['hidden', 'W'], 'logits', [
        ...ints({ transB: 1 }),
        { name: 'alpha', f: 2 },
      ]),
    ],
    initializer: [turned],
    after: ['scale 2'],
  },
  {
    name: 'float16 between Casts',
    elementType: 'float16',
    layout: '[hidden, vocab]',
    truth: (token, dimension) => 1 + (dimension * vocab + token) / 1024,
    node: [
      node('Cast', ['hidden'], 'half', ints({ to: 10 })),
      node('MatMul', ['half', 'W'], 'product'),
      node('Cast', ['product'], 'logits', ints({ to: 1 })),
    ],
    initializer: [halves('W', [hidden, vocab], onnxDataType.float16, halfBits)],
  },
  {
    name: 'float16 in int32_data',
    elementType: 'float16',
    layout: '[hidden, vocab]',
    truth: (token, dimension) => 1 + (dimension * vocab + token) / 1024,
    node: [
      node('Cast', ['hidden'], 'half', ints({ to: 10 })),
      node('MatMul', ['half', 'W'], 'product'),
      node('Cast', ['product'], 'logits', ints({ to: 1 })),
    ],
    initializer: [{ name: 'W', dims: [hidden, vocab], dataType: onnxDataType.float16, int32Data: halfBits }],
  },
  {
    name: 'bfloat16 weights cast to float32',
    elementType: 'bfloat16',
    layout: '[vocab, hidden]',
    truth: (token, dimension) => 1 + ((token * hidden + dimension) % 128) / 128,
    node: [
      node('Cast', ['W'], 'C', ints({ to: 1 })),
      node('Transpose', ['C'], 'T'),
      node('MatMul', ['hidden', 'T'], 'logits'),
    ],
    initializer: [halves('W', [vocab, hidden], onnxDataType.bfloat16, brainBits)],
  },
  {
    name: 'float64 in double_data',
    elementType: 'float64',
    layout: '[hidden, vocab]',
    truth: byColumn,
    node: [
      node('Cast', ['hidden'], 'double', ints({ to: 11 })),
      node('MatMul', ['double', 'W'], 'product'),
      node('Cast', ['product'], 'logits', ints({ to: 1 })),
    ],
    initializer: [{ name: 'W', dims: [hidden, vocab], dataType: onnxDataType.double, doubleData: values }],
  },
  {
    name: 'float32 in float_data',
    ...float32,
    node: [node('MatMul', ['hidden', 'W'], 'logits')],
    initializer: [{ name: 'W', dims: [hidden, vocab], dataType: onnxDataType.float, floatData: values }],
  },
  {
    name: 'bias, scale and soft cap after the product',
    ...float32,
    node: [
      product,
      node('Add', ['b', 'product'], 'biased'),
      node('Mul', ['biased', 'scale'], 'scaled'),
      node('Div', ['scaled', 'cap'], 'small'),
      node('Tanh', ['small'], 'bounded'),
      node('Mul', ['bounded', 'cap'], 'logits'),
    ],
    initializer: [
      weight,
      floats('b', [vocab], numbers(vocab, 2)),
      floats('scale', [], [0.0625]),
      floats('cap', [1], [30]),
    ],
    after: ['bias', 'scale 0.0625', 'soft cap 30'],
  },
  {
    name: 'a mask and a division after the product',
    ...float32,
    node: [
      product,
      node('Div', ['product', 'divisor'], 'divided'),
      node('Where', ['keep', 'divided', 'least'], 'logits'),
    ],
    initializer: [
      weight,
      floats('divisor', [], [4]),
      bytes('keep', [vocab], onnxDataType.bool, new Array<number>(vocab).fill(1)),
      floats('least', [], [-1e9]),
    ],
    after: ['scale 0.25', 'mask'],
  },
];
