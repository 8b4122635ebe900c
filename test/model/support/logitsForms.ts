import { onnxDataType, type OnnxAttribute, type OnnxTensor } from '../../../src/model/onnx/writer';
import { bytes, codes, f, floats, ints, node, numbers } from './headForms';
import { hiddenSize, int64s, type LogitsForm } from './logitsTruth';

/** Tokens of the stored weight; the last four are padding in the forms that cut them off. */
export const stored = 16;
const kept = 12;

const values = numbers(stored * hiddenSize, 41).map(f);
/** Row `token` of U if the weight is stored as `[hidden, 16]`. */
const column = (token: number, j: number): number => values[j * stored + token]!;
/** The same if it is stored as `[16, hidden]`. */
const row = (token: number, j: number): number => values[token * hiddenSize + j]!;
const W = floats('W', [hiddenSize, stored], values);
const U = floats('U', [stored, hiddenSize], values);
const product = node('MatMul', ['hidden', 'W'], 'p');
const permuted = (perm: number[]): OnnxAttribute[] => [{ name: 'perm', ints: perm }];

export interface ReadForm extends LogitsForm {
  readonly name: string;
  readonly tokens: number;
  readonly truth: (token: number, j: number) => number;
  readonly after?: readonly string[];
  /** `hidden` by default. */
  readonly hiddenState?: string;
  /** Why ONNX Runtime is not a valid reference. */
  readonly withoutRuntime?: string;
}

/** Slices at the end of the vocabulary, in every form that exporters write. */
const cuts: readonly (readonly [string, readonly (readonly number[] | null)[]])[] = [
  ['axes from the start', [[0], [kept], [2], [1]]],
  ['axes from the end', [[0], [kept], [-1]]],
  ['an end from the end', [[0], [kept - stored], [-1]]],
  ['a start before the start', [[-100], [kept], [2]]],
  ['the smallest start', [[-Infinity], [kept], [2]]],
  [
    'no axes',
    [
      [0, 0, 0],
      [Infinity, Infinity, kept],
    ],
  ],
  ['no axes and steps', [[0, 0, 0], [9, 9, kept], null, [1, 1, 1]]],
  [
    'positions and tokens',
    [
      [-1, 0],
      [Infinity, kept],
      [1, 2],
    ],
  ],
];

const sliced: ReadonlyMap<string, LogitsForm> = new Map<string, LogitsForm>([
  ...cuts.map(([name, lists]) => {
    const given = ['starts', 'ends', 'axes', 'steps'];
    const inputs = given.map((input, i) => (lists[i] ? input : ''));
    const tensors = given.flatMap((input, i) => (lists[i] ? [int64s(input, lists[i])] : []));
    while (inputs.at(-1) === '') inputs.pop();
    const form = { node: [product, node('Slice', ['p', ...inputs], 'logits')], initializer: [W, ...tensors] };
    return [name, form] as const;
  }),
  [
    'attributes of opset 9',
    {
      opset: 9,
      node: [
        product,
        node('Slice', ['p'], 'logits', [
          { name: 'axes', ints: [1, 2] },
          { name: 'starts', ints: [0, 0] },
          { name: 'ends', ints: [2n ** 63n - 1n, kept] },
        ]),
      ],
      initializer: [W],
    },
  ],
  [
    'attributes of opset 9 without axes',
    {
      opset: 9,
      node: [
        product,
        node('Slice', ['p'], 'logits', [
          { name: 'starts', ints: [0, 0, 0] },
          { name: 'ends', ints: [2n ** 63n - 1n, 2n ** 63n - 1n, kept] },
        ]),
      ],
      initializer: [W],
    },
  ],
  [
    'numbers of 32 bits',
    {
      node: [product, node('Slice', ['p', 'starts', 'ends', 'axes'], 'logits')],
      initializer: [
        W,
        ...Object.entries({ starts: 0, ends: kept, axes: 2 }).map(([name, value]): OnnxTensor => ({
          name,
          dims: [1],
          dataType: onnxDataType.int32,
          int32Data: [value],
        })),
      ],
    },
  ],
  [
    'numbers put together in the graph',
    {
      node: [
        product,
        node('Constant', [], 'zero', [{ name: 'value_ints', ints: [0] }]),
        node('Constant', [], 'twelve', [{ name: 'value_int', i: kept }]),
        node('Unsqueeze', ['twelve', 'at'], 'ends'),
        node('Slice', ['p', 'zero', 'ends', 'axes'], 'logits'),
      ],
      initializer: [W, int64s('at', [0]), int64s('axes', [2])],
    },
  ],
]);

const halves = (
  first: OnnxTensor,
  second: OnnxTensor,
  axis = -1,
): Pick<LogitsForm, 'node' | 'initializer'> => ({
  node: [
    node('MatMul', ['hidden', first.name!], 'a'),
    node('MatMul', ['hidden', second.name!], 'b'),
    node('Concat', ['a', 'b'], 'logits', ints({ axis })),
  ],
  initializer: [first, second],
});
const columnsOf = (name: string, from: number, to: number): OnnxTensor => {
  const part = Array.from({ length: hiddenSize }, (_, j) =>
    Array.from({ length: to - from }, (_unused, t) => column(from + t, j)),
  );
  return floats(name, [hiddenSize, to - from], part.flat());
};
const integers = Array.from({ length: hiddenSize * 6 }, (_, i) => ((i * 37) % 200) - 100);

const parts: readonly ReadForm[] = [
  {
    name: 'a head in two parts',
    ...halves(columnsOf('A', 0, 7), columnsOf('B', 7, stored)),
    tokens: stored,
    truth: column,
  },
  {
    name: 'a head in two parts, the other way round',
    ...halves(columnsOf('B', 7, stored), columnsOf('A', 0, 7), 2),
    tokens: stored,
    truth: (token, j) => column(token < stored - 7 ? token + 7 : token - (stored - 7), j),
  },
  {
    name: 'a head in parts of one weight, by Slice',
    node: [
      node('Slice', ['U', 'zero', 'five', 'zero'], 'A'),
      node('Slice', ['U', 'five', 'end', 'zero'], 'B'),
      ...['A', 'B'].map((name) => node('Transpose', [name], `${name}t`)),
      node('MatMul', ['hidden', 'At'], 'a'),
      node('MatMul', ['hidden', 'Bt'], 'b'),
      node('Concat', ['a', 'b'], 'logits', ints({ axis: -1 })),
    ],
    initializer: [U, int64s('zero', [0]), int64s('five', [5]), int64s('end', [Infinity])],
    tokens: stored,
    truth: row,
  },
  {
    name: 'a head in three parts of one weight, by Split with sizes, each cut by itself',
    node: [
      { ...node('Split', ['W', 'sizes'], 'A B C', ints({ axis: 1 })) },
      ...['A', 'B', 'C'].flatMap((name) => [
        node('MatMul', ['hidden', name], `${name}p`),
        node('Slice', [`${name}p`, 'zero', 'four', 'last'], `${name}s`),
      ]),
      node('Concat', ['As', 'Bs', 'Cs'], 'logits', ints({ axis: 2 })),
    ],
    initializer: [
      W,
      int64s('sizes', [5, 5, 6]),
      int64s('zero', [0]),
      int64s('four', [4]),
      int64s('last', [2]),
    ],
    tokens: kept,
    truth: (token, j) => column(5 * Math.floor(token / 4) + (token % 4), j),
  },
  {
    name: 'parts of parts, cut at the end in the middle of one',
    node: [
      ...['A', 'B', 'C'].map((name) => node('MatMul', ['hidden', name], `${name}p`)),
      node('Concat', ['Ap', 'Bp'], 'ab', ints({ axis: -1 })),
      node('Concat', ['ab', 'Cp'], 'abc', ints({ axis: -1 })),
      node('Slice', ['abc', 'zero', 'kept', 'last'], 'logits'),
    ],
    initializer: [
      columnsOf('A', 0, 4),
      columnsOf('B', 4, 8),
      columnsOf('C', 8, stored),
      int64s('zero', [0]),
      int64s('kept', [kept]),
      int64s('last', [-1]),
    ],
    tokens: kept,
    truth: column,
  },
  {
    name: 'parts of different forms: columns, rows, and int8 by DequantizeLinear',
    node: [
      node('MatMul', ['hidden', 'A'], 'a'),
      node('Transpose', ['B'], 'Bt'),
      node('MatMul', ['hidden', 'Bt'], 'b'),
      node('DequantizeLinear', ['Q', 's'], 'C'),
      node('MatMul', ['hidden', 'C'], 'c'),
      node('Concat', ['a', 'b', 'c'], 'logits', ints({ axis: -1 })),
    ],
    initializer: [
      columnsOf('A', 0, 5),
      floats('B', [5, hiddenSize], values.slice(0, 5 * hiddenSize)),
      bytes(
        'Q',
        [hiddenSize, 6],
        onnxDataType.int8,
        integers.map((value) => value & 0xff),
      ),
      floats('s', [], [0.25]),
    ],
    tokens: stored,
    truth: (token, j) =>
      token < 5 ? column(token, j) : token < 10 ? row(token - 5, j) : integers[j * 6 + token - 10]! * 0.25,
  },
  {
    name: 'parts of the integer products that ONNX Runtime quantises to',
    node: [
      node('DynamicQuantizeLinear', ['hidden'], 'q s z'),
      ...['A', 'B'].flatMap((name) => [
        node('MatMulInteger', ['q', name, 'z'], `${name}i`),
        node('Cast', [`${name}i`], `${name}f`, ints({ to: 1 })),
        node('Mul', ['s', `${name}s`], `${name}m`),
        node('Mul', [`${name}f`, `${name}m`], `${name}p`),
      ]),
      node('Concat', ['Ap', 'Bp'], 'logits', ints({ axis: -1 })),
    ],
    initializer: ['A', 'B'].flatMap((name, part) => [
      bytes(
        name,
        [hiddenSize, 6],
        onnxDataType.int8,
        integers.map((value) => (part ? -value : value) & 0xff),
      ),
      floats(`${name}s`, [], [part ? 0.5 : 0.25]),
    ]),
    tokens: kept,
    truth: (token, j) => (token < 6 ? integers[j * 6 + token]! * 0.25 : integers[j * 6 + token - 6]! * -0.5),
  },
  {
    name: 'parts with a bias each, then a soft cap of all',
    node: [
      ...['A', 'B'].flatMap((name) => [
        node('MatMul', ['hidden', name], `${name}p`),
        node('Add', [`${name}p`, `${name}b`], `${name}q`),
      ]),
      node('Concat', ['Aq', 'Bq'], 'all', ints({ axis: -1 })),
      node('Div', ['all', 'cap'], 'small'),
      node('Tanh', ['small'], 'bounded'),
      node('Mul', ['cap', 'bounded'], 'logits'),
    ],
    initializer: [
      columnsOf('A', 0, 8),
      columnsOf('B', 8, stored),
      floats('Ab', [8], numbers(8, 2)),
      floats('Bb', [8], numbers(8, 3)),
      floats('cap', [], [30]),
    ],
    tokens: stored,
    truth: column,
    after: ['bias', 'soft cap 30'],
    withoutRuntime: 'a soft cap is not linear',
  },
];

const orders: readonly ReadForm[] = [
  {
    name: 'sequence first, then batch first',
    node: [product, node('Transpose', ['p'], 'logits', permuted([1, 0, 2]))],
    initializer: [W],
    tokens: stored,
    truth: column,
  },
  {
    name: 'vocabulary in the middle for a while, and cut there',
    node: [
      product,
      node('Transpose', ['p'], 't', permuted([0, 2, 1])),
      node('Slice', ['t', 'zero', 'kept', 'one'], 's'),
      node('Unsqueeze', ['s', 'one'], 'u'),
      node('Squeeze', ['u', 'one'], 'v'),
      node('Transpose', ['v'], 'logits', permuted([0, 2, 1])),
    ],
    initializer: [W, int64s('zero', [0]), int64s('kept', [kept]), int64s('one', [1])],
    tokens: kept,
    truth: column,
  },
  {
    name: 'positions flattened for Gemm and put apart again with shapes of the run',
    node: [
      node('Reshape', ['hidden', 'flat'], 'rows'),
      node('Gemm', ['rows', 'U', 'b'], 'p', ints({ transB: 1 })),
      node('Shape', ['hidden'], 'shape'),
      node('Slice', ['shape', 'zero', 'two'], 'positions'),
      node('Concat', ['positions', 'vocabulary'], 'target', ints({ axis: 0 })),
      node('Reshape', ['p', 'target'], 'logits'),
    ],
    initializer: [
      U,
      floats('b', [stored], numbers(stored, 2)),
      int64s('flat', [-1, hiddenSize]),
      int64s('zero', [0]),
      int64s('two', [2]),
      int64s('vocabulary', [stored]),
    ],
    tokens: stored,
    truth: row,
    after: ['bias'],
    hiddenState: 'rows',
  },
  {
    name: 'positions flattened for QGemm and put apart again',
    node: [
      node('Reshape', ['hidden', 'flat'], 'rows'),
      node('DynamicQuantizeLinear', ['rows'], 'q s z'),
      node('com.microsoft.QGemm', ['q', 's', 'z', 'W8', 'S', 'Z'], 'p'),
      node('Unsqueeze', ['p', 'zero'], 'one'),
      node('Shape', ['hidden'], 'shape'),
      node('Slice', ['shape', 'zero', 'two'], 'positions'),
      node('Concat', ['positions', 'vocabulary'], 'target', ints({ axis: 0 })),
      node('Reshape', ['one', 'target'], 'logits'),
    ],
    initializer: [
      bytes('W8', [hiddenSize, stored], onnxDataType.int8, codes(hiddenSize * stored, 7, 43)),
      floats('S', [], [1 / 128]),
      bytes('Z', [], onnxDataType.int8, [64]),
      int64s('flat', [-1, hiddenSize]),
      int64s('zero', [0]),
      int64s('two', [2]),
      int64s('vocabulary', [stored]),
    ],
    tokens: stored,
    truth: (token, j) => (codes(hiddenSize * stored, 7, 43)[j * stored + token]! - 64) / 128,
    hiddenState: 'rows',
  },
  {
    name: 'the last position by Gather, and a Reshape that copies the batch',
    node: [
      product,
      node('Gather', ['p', 'last'], 'one', ints({ axis: 1 })),
      node('Reshape', ['one', 'target'], 'logits'),
    ],
    initializer: [W, int64s('last', [-1], []), int64s('target', [0, 1, -1])],
    tokens: stored,
    truth: column,
  },
];

const weights: readonly ReadForm[] = [
  {
    name: 'a weight with a leading 1',
    node: [node('MatMul', ['hidden', 'W'], 'logits')],
    initializer: [{ ...W, dims: [1, hiddenSize, stored] }],
    tokens: stored,
    truth: column,
  },
  {
    name: 'a weight with a leading 1, turned',
    node: [node('Transpose', ['U'], 'T', permuted([0, 2, 1])), node('MatMul', ['hidden', 'T'], 'logits')],
    initializer: [{ ...U, dims: [1, stored, hiddenSize] }],
    tokens: stored,
    truth: row,
  },
  {
    name: 'a padded weight that is cut before the product',
    node: [
      node('Slice', ['U', 'zero', 'kept', 'zero'], 'C'),
      node('Transpose', ['C'], 'T'),
      node('MatMul', ['hidden', 'T'], 'logits'),
    ],
    initializer: [U, int64s('zero', [0]), int64s('kept', [kept])],
    tokens: kept,
    truth: row,
  },
  {
    name: 'a weight whose first tokens the graph leaves out',
    node: [node('Slice', ['W', 'three', 'end', 'one'], 'C'), node('MatMul', ['hidden', 'C'], 'logits')],
    initializer: [W, int64s('three', [3]), int64s('end', [Infinity]), int64s('one', [1])],
    tokens: stored - 3,
    truth: (token, j) => column(token + 3, j),
  },
  {
    name: 'a convolution of one position, its kernel made from a matrix, with a bias',
    node: [
      node('Transpose', ['hidden'], 'channels', permuted([0, 2, 1])),
      node('Unsqueeze', ['U', 'two'], 'K'),
      node('Conv', ['channels', 'K', 'b'], 'c'),
      node('Transpose', ['c'], 'logits', permuted([0, 2, 1])),
    ],
    initializer: [U, int64s('two', [2]), floats('b', [stored], numbers(stored, 2))],
    tokens: stored,
    truth: row,
    after: ['bias'],
  },
  ...[
    ['bsh,vh->bsv', ['hidden', 'U'], U, row],
    ['bsh, hv -> bsv', ['hidden', 'W'], W, column],
    ['vh,bsh->bsv', ['U', 'hidden'], U, row],
    ['...h,vh->...v', ['hidden', 'U'], U, row],
    ['bsh,hv->sbv', ['hidden', 'W'], W, column],
  ].map(([equation, inputs, tensor, truth]): ReadForm => ({
    name: `Einsum of ${equation as string}`,
    node: [node('Einsum', inputs as string[], 'logits', [{ name: 'equation', s: equation as string }])],
    initializer: [tensor as OnnxTensor],
    tokens: stored,
    truth: truth as ReadForm['truth'],
  })),
];

const domain = 'pkg.ours';
const opsetImport = { '': 18, [domain]: 1 };
const functions: readonly ReadForm[] = [
  {
    name: 'a function in a function, with attributes handed on and one left out',
    functions: [
      {
        ...{ name: 'turn', domain, input: ['w'], output: ['t'], opsetImport },
        attribute: ['order'],
        node: [node('Transpose', ['w'], 't', [{ name: 'perm', reference: 'order', type: 7 }])],
      },
      {
        ...{ name: 'head', domain, input: ['x', 'w'], output: ['y'], opsetImport },
        attributeDefaults: [{ name: 'order', ints: [1, 0] }],
        node: [
          {
            ...node('turn', ['w'], 'p'),
            domain,
            attribute: [{ name: 'order', reference: 'order', type: 7 }],
          },
          node('MatMul', ['x', 'p'], 'y'),
        ],
      },
    ],
    node: [{ ...node('head', ['hidden', 'U'], 'logits'), domain }],
    initializer: [U],
    tokens: stored,
    truth: row,
  },
  {
    name: 'a function behind the product, of names that the graph has too',
    functions: [
      {
        ...{ name: 'cut', domain, input: ['W'], output: ['p'], opsetImport },
        node: [
          node('Constant', [], 'zero', [{ name: 'value_ints', ints: [0] }]),
          node('Constant', [], 'kept', [{ name: 'value_ints', ints: [kept] }]),
          node('Constant', [], 'axis', [{ name: 'value_ints', ints: [-1] }]),
          node('Slice', ['W', 'zero', 'kept', 'axis'], 'p'),
        ],
      },
    ],
    node: [product, { ...node('cut', ['p'], 'logits'), domain }],
    initializer: [W],
    tokens: kept,
    truth: column,
  },
];

export const readForms: readonly ReadForm[] = [
  ...Array.from(sliced, ([name, form]): ReadForm => ({
    name: `padding cut off: ${name}`,
    ...form,
    tokens: kept,
    truth: column,
  })),
  ...parts,
  ...orders,
  ...weights,
  ...functions,
];
