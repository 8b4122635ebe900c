import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxDataType, type OnnxGraph, type OnnxNode, type OnnxTensor } from '../../../src/model/onnx/writer';
import { withFolder } from '../support/fixtures';
import { bytes, floats, ints, node } from '../support/headForms';
import { openOnnxHead, writeHead } from '../support/writeHead';

/** `[hidden 2, vocab 3]` */
const weight = floats('W', [2, 3], [1, 2, 3, 4, 5, 6]);
const rowsOfWeight = [1, 4, 2, 5, 3, 6];
const output = [{ name: 'logits', elemType: onnxDataType.float }];

function write(
  folder: string,
  nodes: readonly OnnxNode[],
  initializer: readonly OnnxTensor[] = [weight],
): void {
  writeHead(folder, {
    irVersion: 10,
    opsetImport: { '': 21, 'com.microsoft': 1 },
    graph: { node: nodes, initializer, output },
  });
}

/** An If around the rest, as in Optimum's merged decoders. */
function branches(graph: OnnxGraph, other = graph, outer = 'logits'): OnnxNode {
  const attribute = [
    { name: 'then_branch', g: graph },
    { name: 'else_branch', g: other },
  ];
  return node('If', ['use_cache_branch'], outer, attribute);
}

describe('heads in graphs of many shapes', () => {
  it('a merged decoder: the product in the branches of If, the weight outside', () => {
    withFolder((folder) => {
      const inside = (prefix: string): OnnxGraph => ({
        node: [
          node('Mul', ['x', 'norm'], `${prefix}normed`),
          node('MatMul', [`${prefix}normed`, 'W'], `${prefix}logits`),
        ],
        output: [
          { name: `${prefix}present`, elemType: 1 },
          { name: `${prefix}logits`, elemType: 1 },
        ],
      });
      write(folder, [branches(inside('a/'), inside('b/'), 'present logits')]);
      const { head, rows } = openOnnxHead(folder);
      assert.deepEqual([...rows], rowsOfWeight);
      assert.deepEqual([head.hiddenState, head.insideBranch], ['a/normed', true]);
    });
  });

  it('a merged decoder with the weight, and another If, inside the branch', () => {
    withFolder((folder) => {
      const inner: OnnxGraph = {
        node: [node('MatMul', ['hidden', 'T'], 'product')],
        output: [{ name: 'product', elemType: 1 }],
      };
      const outer: OnnxGraph = {
        node: [
          node('Transpose', ['W'], 'T'),
          branches(inner, inner, 'chosen'),
          node('Cast', ['chosen'], 'cast', ints({ to: 1 })),
        ],
        initializer: [floats('W', [3, 2], rowsOfWeight)],
        output: [{ name: 'cast', elemType: 1 }],
      };
      write(folder, [branches(outer)], []);
      const { head, rows } = openOnnxHead(folder);
      assert.deepEqual([...rows], rowsOfWeight);
      assert.equal(head.layout, '[vocab, hidden]');
    });
  });

  it('a merged decoder with two copies of the head; two different heads are rejected', () => {
    const inside = (values: readonly number[]): OnnxGraph => ({
      node: [node('MatMul', ['hidden', 'W'], 'product')],
      initializer: [floats('W', [2, 3], values)],
      output: [{ name: 'product', elemType: 1 }],
    });
    withFolder((folder) => {
      write(folder, [branches(inside([1, 2, 3, 4, 5, 6]), inside([1, 2, 3, 4, 5, 6]))], []);
      assert.deepEqual([...openOnnxHead(folder).rows], rowsOfWeight);
    });
    withFolder((folder) => {
      write(folder, [branches(inside([1, 2, 3, 4, 5, 6]), inside([1, 2, 3, 4, 5, 7]))], []);
      assert.throws(
        () => openOnnxHead(folder),
        /If whose branches have different heads; export the model without/u,
      );
    });
  });

  it('tied as in onnxruntime-genai: the embedding is the transposed head', () => {
    withFolder((folder) => {
      write(folder, [
        node('Transpose', ['W'], 'E'),
        node('Gather', ['E', 'input_ids'], 'x'),
        node('MatMul', ['x', 'W'], 'logits'),
      ]);
      const { head, rows } = openOnnxHead(folder);
      assert.deepEqual([...rows], rowsOfWeight);
      assert.deepEqual([head.tied, head.layout], [true, '[hidden, vocab]']);
    });
  });

  it('GatherBlockQuantized shares the weight of MatMulNBits, through Reshape', () => {
    withFolder((folder) => {
      const codes = Array.from({ length: 3 * 16 }, (_, i) => i);
      write(
        folder,
        [
          node('Reshape', ['Q', 'shape'], 'flat'),
          node(
            'com.microsoft.GatherBlockQuantized',
            ['flat', 'input_ids', 'S'],
            'x',
            ints({ bits: 8, block_size: 16 }),
          ),
          node(
            'com.microsoft.MatMulNBits',
            ['x', 'Q', 'S'],
            'logits',
            ints({ K: 16, N: 3, bits: 8, block_size: 16 }),
          ),
        ],
        [bytes('Q', [3, 1, 16], onnxDataType.uint8, codes), floats('S', [3, 1], [1, 2, 3])],
      );
      const { head, rows } = openOnnxHead(folder);
      assert.equal(head.tied, true);
      assert.deepEqual(
        [...rows],
        codes.map((code, i) => (code - 128) * (1 + Math.floor(i / 16))),
      );
      write(
        folder,
        [
          node('Reshape', ['Q', 'shape'], 'cube'),
          node(
            'com.microsoft.MatMulNBits',
            ['x', 'cube', 'S'],
            'logits',
            ints({ K: 16, N: 3, bits: 8, block_size: 16 }),
          ),
        ],
        [bytes('Q', [3, 16], onnxDataType.uint8, codes), floats('S', [3], [1, 2, 3])],
      );
      assert.deepEqual(openOnnxHead(folder).rows, rows);
    });
  });

  it('weights and scales in several data files', () => {
    withFolder((folder) => {
      const stored = (
        name: string,
        dims: number[],
        dataType: number,
        location: string,
        offset: number,
      ): OnnxTensor => ({
        name,
        dims,
        dataType,
        externalData: { location, offset: String(offset) },
      });
      write(
        folder,
        [
          node('DequantizeLinear', ['Q', 'S', 'Z'], 'W', ints({ axis: 1 })),
          node('MatMul', ['x', 'W'], 'logits'),
        ],
        [
          stored('Q', [2, 3], onnxDataType.int8, 'model.onnx_data', 2),
          stored('S', [3], onnxDataType.float, 'model.onnx_data_1', 0),
          stored('Z', [3], onnxDataType.int8, 'model.onnx_data_1', 12),
        ],
      );
      writeFileSync(join(folder, 'onnx', 'model.onnx_data'), Int8Array.of(9, 9, 1, 2, 3, -4, -5, -6));
      const scales = Buffer.from(Float32Array.of(1, 10, 100).buffer);
      writeFileSync(join(folder, 'onnx', 'model.onnx_data_1'), Buffer.concat([scales, Buffer.of(1, 2, 3)]));
      assert.deepEqual([...openOnnxHead(folder).rows], [0, -5, 0, -70, 0, -900]);
    });
  });

  it('typed integers: nibbles in bytes, negative numbers, numbers one by one', () => {
    withFolder((folder) => {
      write(
        folder,
        [node('DequantizeLinear', ['Q', 'S', 'Z'], 'W'), node('MatMul', ['x', 'W'], 'logits')],
        [
          // 1, 2, 3, −4, −5, −6, starting with the low nibble
          { name: 'Q', dims: [2, 3], dataType: onnxDataType.int4, int32Data: [0x21, 0xc3, 0xab] },
          { name: 'S', dims: [], dataType: onnxDataType.float, floatData: [2] },
          { name: 'Z', dims: [], dataType: onnxDataType.int4, int32Data: [-1] },
        ],
      );
      assert.deepEqual([...openOnnxHead(folder).rows], [4, -6, 6, -8, 8, -10]);
    });
  });

  it('statically quantised data: the hidden state is before QuantizeLinear', () => {
    withFolder((folder) => {
      write(folder, [
        node('QuantizeLinear', ['normed', 's', 'z'], 'q'),
        node('DequantizeLinear', ['q', 's', 'z'], 'x'),
        node('MatMul', ['x', 'W'], 'product'),
        node('QuantizeLinear', ['product', 's2', 'z2'], 'q2'),
        node('DequantizeLinear', ['q2', 's2', 'z2'], 'logits'),
      ]);
      assert.equal(openOnnxHead(folder).head.hiddenState, 'normed');
    });
  });

  it('rejects unsupported operators by name', () => {
    const after = (nodes: OnnxNode[], tensors: OnnxTensor[] = []) => ({
      nodes: [node('MatMul', ['x', 'W'], 'p'), ...nodes],
      tensors: [weight, ...tensors],
    });
    const three = floats('v', [3], [1, 2, 3]);
    const nBits = (attributes: Record<string, number>, inputs = ['x', 'Q', 'S']) => ({
      nodes: [
        node(
          'com.microsoft.MatMulNBits',
          inputs,
          'logits',
          ints({ K: 16, N: 3, bits: 8, block_size: 16, ...attributes }),
        ),
      ],
      tensors: [
        bytes('Q', [3, 1, 16], onnxDataType.uint8, new Uint8Array(48)),
        floats('S', [3], [1, 2, 3]),
        bytes('G', [16], onnxDataType.uint8, new Uint8Array(16)),
      ],
    });
    const dequantized = (attributes: Record<string, number>, scales: OnnxTensor) => ({
      nodes: [
        node('DequantizeLinear', ['Q', 'S'], 'D', ints(attributes)),
        node('MatMul', ['x', 'D'], 'logits'),
      ],
      tensors: [bytes('Q', [2, 3], onnxDataType.int8, [1, 2, 3, 4, 5, 6]), scales],
    });
    const refused: [RegExp, { nodes: OnnxNode[]; tensors: OnnxTensor[] }][] = [
      [/Mul by more than one number before the logits/u, after([node('Mul', ['p', 'v'], 'logits')], [three])],
      [/Div before the logits/u, after([node('Div', ['p', 'v'], 'logits')], [three])],
      [/Add before the logits/u, after([node('Add', ['p', 'p'], 'logits')])],
      [/Softmax before the logits/u, after([node('Softmax', ['p'], 'logits')])],
      [/Gather of some tokens/u, after([node('Gather', ['p', 'v'], 'logits', ints({ axis: -1 }))])],
      [
        /Slice of some tokens/u,
        after(
          [node('Slice', ['p', 'from', 'to', 'axes'], 'logits')],
          [
            { name: 'from', dims: [1], dataType: onnxDataType.int64, int64Data: [1] },
            { name: 'axes', dims: [1], dataType: onnxDataType.int64, int64Data: [-1] },
          ],
        ),
      ],
      [
        /Gemm with a transposed input/u,
        { nodes: [node('Gemm', ['x', 'W'], 'logits', ints({ transA: 1 }))], tensors: [weight] },
      ],
      [
        /com\.microsoft\.QMoE before the logits/u,
        { nodes: [node('com.microsoft.QMoE', ['x', 'W'], 'logits')], tensors: [weight] },
      ],
      [/prepacked weights; use the file from before/u, nBits({ weight_prepacked: 1 })],
      [/group index \(g_idx\); quantise the model without act-order/u, nBits({}, ['x', 'Q', 'S', '', 'G'])],
      [/MatMulNBits with 3 bits/u, nBits({ bits: 3 })],
      [/MatMulNBits with block_size 0/u, nBits({ block_size: 0 })],
      [/MatMulNBits with blocks of 24/u, nBits({ block_size: 24 })],
      [/gives Q the shape \[3, 1, 16\], which is not possible because 4 × 16/u, nBits({ N: 4 })],
      [
        /gives Q the shape \[3, 1, 16\], which is not possible because 3 tokens of 1000000000 numbers/u,
        nBits({ K: 1_000_000_000 }),
      ],
      [
        /gives S the shape \[3\], which is not possible because 3 × 2/u,
        { ...nBits({ K: 32, block_size: 16, bits: 4 }) },
      ],
      [
        /MatMul with float8e5m2 weights/u,
        {
          nodes: [node('MatMul', ['x', 'F'], 'logits')],
          tensors: [bytes('F', [2, 3], 19, new Uint8Array(6))],
        },
      ],
      [
        /MatMul with float8e4m3fn weights/u,
        {
          nodes: [node('DequantizeLinear', ['F', 'v'], 'D'), node('MatMul', ['x', 'D'], 'logits')],
          tensors: [bytes('F', [2, 3], 17, new Uint8Array(6)), three],
        },
      ],
      [
        /gives S the shape \[3\].*\[2\] scales are needed/u,
        dequantized({ axis: 0 }, floats('S', [3], [1, 2, 3])),
      ],
      [
        /DequantizeLinear with axis 5 and blocks of 0/u,
        dequantized({ axis: 5 }, floats('S', [3], [1, 2, 3])),
      ],
      [
        /DequantizeLinear with axis 1 and blocks of -4/u,
        dequantized({ block_size: -4 }, floats('S', [3], [1, 2, 3])),
      ],
      [/\[2, 2\] scales are needed/u, dequantized({ block_size: 2 }, floats('S', [3], [1, 2, 3]))],
      [
        /MatMulInteger without the scales/u,
        {
          nodes: [node('MatMulInteger', ['q', 'Q'], 'i'), node('Cast', ['i'], 'logits', ints({ to: 1 }))],
          tensors: [bytes('Q', [2, 3], onnxDataType.int8, new Uint8Array(6))],
        },
      ],
      [
        /MatMul with weights cast to int8/u,
        {
          nodes: [node('Cast', ['W'], 'C', ints({ to: 3 })), node('MatMul', ['x', 'C'], 'logits')],
          tensors: [weight],
        },
      ],
      [
        /DequantizeLinear of computed weights/u,
        {
          nodes: [
            node('Reshape', ['Q', 'shape'], 'R'),
            node('DequantizeLinear', ['R', 'v'], 'D'),
            node('MatMul', ['x', 'D'], 'logits'),
          ],
          tensors: [bytes('Q', [3, 2], onnxDataType.int8, new Uint8Array(6)), three],
        },
      ],
      [/If without a branch/u, { nodes: [node('If', ['c'], 'logits')], tensors: [] }],
      [
        /defines the value logits twice/u,
        after([node('Cast', ['p'], 'logits'), node('Cast', ['x'], 'logits')]),
      ],
      [
        /Transpose of the weights by \[0,2,1\]/u,
        {
          nodes: [
            node('Transpose', ['W'], 'T', [{ name: 'perm', ints: [0, 2, 1] }]),
            node('MatMul', ['x', 'T'], 'logits'),
          ],
          tensors: [weight],
        },
      ],
      [
        /W in a field that does not fit|has no data for W|number by number|more numbers for W/u,
        {
          nodes: [node('MatMul', ['x', 'W'], 'logits')],
          tensors: [{ name: 'W', dims: [2, 3], dataType: 1, int32Data: [1, 2, 3, 4, 5, 6] }],
        },
      ],
      [
        /has no data for W/u,
        {
          nodes: [node('MatMul', ['x', 'W'], 'logits')],
          tensors: [{ name: 'W', dims: [2, 3], dataType: 1 }],
        },
      ],
    ];
    withFolder((folder) => {
      for (const [message, { nodes, tensors }] of refused) {
        write(folder, nodes, tensors);
        assert.throws(() => openOnnxHead(folder), { name: 'ModelError', message }, String(message));
      }
    });
  });

  it('endlessly nested branches are rejected', () => {
    withFolder((folder) => {
      let graph: OnnxGraph = { node: [node('MatMul', ['x', 'W'], 'logits')], output };
      for (let depth = 0; depth < 9; depth++) graph = { node: [branches(graph, graph)], output };
      write(folder, graph.node);
      assert.throws(() => openOnnxHead(folder), {
        name: 'ModelError',
        message: /nests branches more than 8 levels deep/u,
      });
    });
  });
});
