import { onnxDataType, type OnnxAttribute } from '../../../src/model/onnx/writer';
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
  type RefusedForm,
} from './headForms';

const stored = codes(vocab * hidden, 8, 13);
const signed = stored.map((code) => (code << 24) >> 24);
const perToken = numbers(vocab, 17).map((value) => f(value / 64));
const zeroPerToken = codes(vocab, 8, 19);
const one = f(0.015625);

const scaled = [
  node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
  node('MatMulInteger', ['q', 'W', 'z', 'Z'], 'integers'),
  node('Cast', ['integers'], 'product', ints({ to: 1 })),
];

const columns = { layout: '[hidden, vocab]' } as const;
const unsignedWeight = bytes('W', [hidden, vocab], onnxDataType.uint8, stored);
const signedWeight = bytes('W', [hidden, vocab], onnxDataType.int8, stored);
const at = (token: number, dimension: number): number => dimension * vocab + token;

export const integerForms: readonly HeadForm[] = [
  {
    name: 'MatMulInteger, int8, one scale, scales multiplied first',
    ...columns,
    elementType: 'int8',
    node: [...scaled, node('Mul', ['s', 'S'], 'scales'), node('Mul', ['product', 'scales'], 'logits')],
    initializer: [
      signedWeight,
      { name: 'Z', dims: [], dataType: onnxDataType.int8, int32Data: [-3] },
      floats('S', [], [one]),
    ],
    truth: (token, dimension) => (signed[at(token, dimension)]! + 3) * one,
  },
  {
    name: 'MatMulInteger, uint8, a scale and a zero point per token, the other order',
    ...columns,
    elementType: 'uint8, a scale per token',
    node: [...scaled, node('Mul', ['S', 's'], 'scales'), node('Mul', ['scales', 'product'], 'logits')],
    initializer: [
      unsignedWeight,
      bytes('Z', [vocab], onnxDataType.uint8, zeroPerToken),
      floats('S', [vocab], perToken),
    ],
    truth: (token, dimension) => (stored[at(token, dimension)]! - zeroPerToken[token]!) * perToken[token]!,
  },
  {
    name: 'MatMulInteger, scales one after the other and a scale of the logits',
    ...columns,
    elementType: 'uint8',
    node: [
      ...scaled,
      node('Mul', ['product', 'S'], 'half'),
      node('Mul', ['s', 'half'], 'whole'),
      node('Mul', ['whole', 'L'], 'logits'),
    ],
    initializer: [
      unsignedWeight,
      bytes('Z', [], onnxDataType.uint8, [128]),
      floats('S', [], [one]),
      floats('L', [], [0.5]),
    ],
    truth: (token, dimension) => (stored[at(token, dimension)]! - 128) * one,
    after: ['scale 0.5'],
  },
  {
    name: 'MatMulInteger, scales joined, then a scale of the logits',
    ...columns,
    elementType: 'int8, a scale per token',
    node: [
      ...scaled.slice(0, 1),
      node('MatMulInteger', ['q', 'W', 'z'], 'integers'),
      ...scaled.slice(2),
      node('Mul', ['s', 'S'], 'scales'),
      node('Mul', ['product', 'scales'], 'whole'),
      node('Mul', ['whole', 'L'], 'logits'),
    ],
    initializer: [signedWeight, floats('S', [1, vocab], perToken), floats('L', [], [0.5])],
    truth: (token, dimension) => signed[at(token, dimension)]! * perToken[token]!,
    after: ['scale 0.5'],
  },
  {
    name: 'DynamicQuantizeMatMul with a bias',
    ...columns,
    elementType: 'int8, a scale per token',
    node: [node('com.microsoft.DynamicQuantizeMatMul', ['hidden', 'W', 'S', '', 'b'], 'logits')],
    initializer: [signedWeight, floats('S', [vocab], perToken), floats('b', [vocab], numbers(vocab, 2))],
    truth: (token, dimension) => signed[at(token, dimension)]! * perToken[token]!,
    after: ['bias'],
  },
  {
    name: 'DynamicQuantizeMatMul with a zero point',
    ...columns,
    elementType: 'uint8',
    node: [node('com.microsoft.DynamicQuantizeMatMul', ['hidden', 'W', 'S', 'Z'], 'logits')],
    initializer: [unsignedWeight, floats('S', [1], [one]), bytes('Z', [1], onnxDataType.uint8, [100])],
    truth: (token, dimension) => (stored[at(token, dimension)]! - 100) * one,
  },
  {
    name: 'MatMulIntegerToFloat',
    ...columns,
    elementType: 'uint8, a scale per token',
    node: [
      node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
      node('com.microsoft.MatMulIntegerToFloat', ['q', 'W', 's', 'S', 'z', 'Z'], 'logits'),
    ],
    initializer: [
      unsignedWeight,
      floats('S', [vocab], perToken),
      bytes('Z', [vocab], onnxDataType.uint8, zeroPerToken),
    ],
    truth: (token, dimension) => (stored[at(token, dimension)]! - zeroPerToken[token]!) * perToken[token]!,
  },
  {
    name: 'QGemm, a scale and a zero point per token',
    ...columns,
    elementType: 'uint8, a scale per token',
    node: [
      node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
      node('com.microsoft.QGemm', ['q', 's', 'z', 'W', 'S', 'Z'], 'logits'),
    ],
    initializer: [
      unsignedWeight,
      floats('S', [vocab], perToken),
      bytes('Z', [vocab], onnxDataType.uint8, zeroPerToken),
    ],
    truth: (token, dimension) => (stored[at(token, dimension)]! - zeroPerToken[token]!) * perToken[token]!,
  },
  {
    name: 'QGemm with transB',
    layout: '[vocab, hidden]',
    elementType: 'int8, a scale per token',
    node: [
      node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
      node('com.microsoft.QGemm', ['q', 's', 'z', 'W', 'S', 'Z'], 'logits', ints({ transB: 1 })),
    ],
    initializer: [
      bytes('W', [vocab, hidden], onnxDataType.int8, stored),
      floats('S', [vocab], perToken),
      bytes('Z', [vocab], onnxDataType.int8, zeroPerToken),
    ],
    truth: (token, dimension) =>
      (signed[token * hidden + dimension]! - ((zeroPerToken[token]! << 24) >> 24)) * perToken[token]!,
  },
  {
    name: 'QGemm with a bias and alpha',
    ...columns,
    elementType: 'uint8',
    node: [
      node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
      node('com.microsoft.QGemm', ['q', 's', 'z', 'W', 'S', 'Z', 'b'], 'logits', [{ name: 'alpha', f: 0.5 }]),
    ],
    initializer: [
      unsignedWeight,
      floats('S', [], [one]),
      bytes('Z', [], onnxDataType.uint8, [100]),
      { name: 'b', dims: [vocab], dataType: onnxDataType.int32, int32Data: codes(vocab, 8, 37) },
    ],
    truth: (token, dimension) => (stored[at(token, dimension)]! - 100) * one,
    after: ['bias', 'scale 0.5'],
  },
  ...[onnxDataType.int16, onnxDataType.uint16].map((dataType): HeadForm => ({
    name: `DequantizeLinear of 16 bits, type ${dataType}`,
    ...columns,
    elementType: dataType === onnxDataType.int16 ? 'int16' : 'uint16',
    node: [node('DequantizeLinear', ['W', 'S'], 'D'), node('MatMul', ['hidden', 'D'], 'logits')],
    initializer: [
      halves(
        'W',
        [hidden, vocab],
        dataType,
        stored.map((code) => code * 257),
      ),
      floats('S', [], [one]),
    ],
    truth: (token, dimension) => {
      const code = stored[at(token, dimension)]! * 257;
      return (dataType === onnxDataType.int16 && code >= 2 ** 15 ? code - 2 ** 16 : code) * one;
    },
  })),
  ...quantizeDequantize(),
];

export const refusedIntegerForms: readonly RefusedForm[] = [
  refusedGemm('with a transposed input', [], ints({ transA: 1 })),
  refusedGemm('with a quantized product', ['', 'S', 'Z'], []),
];

function refusedGemm(what: string, further: readonly string[], attribute: OnnxAttribute[]): RefusedForm {
  const inputs = ['q', 's', 'z', 'W', 'S', 'Z', ...further];
  return {
    name: `QGemm ${what}`,
    node: [
      node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
      node('com.microsoft.QGemm', inputs, 'logits', attribute),
    ],
    initializer: [signedWeight, floats('S', [], [one]), bytes('Z', [], onnxDataType.int8, [0])],
    form: `QGemm ${what}`,
    remedy: 'export the model in float32 or float16',
  };
}

/** DequantizeLinear before MatMul: every axis and block, bytes and nibbles, with and without zero points. */
function quantizeDequantize(): HeadForm[] {
  const forms: HeadForm[] = [];
  for (const type of ['int8', 'uint8', 'int4', 'uint4'] as const) {
    for (const turned of [false, true]) {
      for (const [axis, size] of [
        [null, 0],
        [0, 0],
        [1, 0],
        [0, 16],
        [1, 4],
      ] as const) {
        for (const withZero of [false, true]) forms.push(dequantized(type, turned, axis, size, withZero));
      }
    }
  }
  return forms;
}

function dequantized(
  type: 'int8' | 'uint8' | 'int4' | 'uint4',
  turned: boolean,
  axis: 0 | 1 | null,
  size: number,
  withZero: boolean,
): HeadForm {
  const bits = type.endsWith('8') ? 8 : 4;
  const number = (code: number): number =>
    type.startsWith('u') || code < 2 ** (bits - 1) ? code : code - 2 ** bits;
  const shape = turned ? [vocab, hidden] : [hidden, vocab];
  const dims = shape.map((length, i) =>
    axis === null ? 1 : size > 0 ? (i === axis ? Math.ceil(length / size) : length) : i === axis ? length : 1,
  );
  const count = dims[0]! * dims[1]!;
  const data = codes(vocab * hidden, bits, 23);
  const zeros = codes(count, bits, 29);
  const scales = numbers(count, 31).map((value) => f(value / 16));
  const listed = axis === null ? [] : size > 0 ? dims : [count];
  const dataType = onnxDataType[type];
  const attribute = [
    ...(axis === null ? [] : ints({ axis })),
    ...(size > 0 ? ints({ block_size: size }) : []),
  ];
  const block = (index: number, i: number): number =>
    axis === i ? Math.floor(index / Math.max(1, size)) : size > 0 ? index : 0;
  const where =
    axis === null ? '' : size > 0 ? ` blocks of ${size}` : `, a scale per ${axis === 0 ? 'row' : 'column'}`;
  return {
    name: `DequantizeLinear, ${type}${where} on axis ${axis ?? 'none'}${withZero ? ', zero points' : ''}${turned ? ', turned' : ''}`,
    node: [
      node('DequantizeLinear', ['W', 'S', ...(withZero ? ['Z'] : [])], 'D', attribute),
      ...(turned ? [node('Transpose', ['D'], 'T')] : []),
      node('MatMul', ['hidden', turned ? 'T' : 'D'], 'logits'),
    ],
    initializer: [
      bytes('W', shape, dataType, packed(data, bits)),
      floats('S', listed, scales),
      ...(withZero ? [bytes('Z', listed, dataType, packed(zeros, bits))] : []),
    ],
    truth: (token, dimension) => {
      const [row, column] = turned ? [token, dimension] : [dimension, token];
      const number_ = block(row, 0) * dims[1]! + block(column, 1);
      const code = data[row * shape[1]! + column]!;
      return (number(code) - (withZero ? number(zeros[number_]!) : 0)) * scales[number_]!;
    },
    elementType: type + where,
    layout: turned ? '[vocab, hidden]' : '[hidden, vocab]',
  };
}
