import assert from 'node:assert/strict';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxDataType, type OnnxNode, type OnnxTensor } from '../../../src/model/onnx/writer';
import { withFolder } from '../support/fixtures';
import { bytes, floats, ints, node } from '../support/headForms';
import { openHead, writeHead } from '../support/writeHead';

/** What a small file claims, and the resulting error sentence. */
interface Claim {
  readonly what: string;
  readonly nodes?: readonly OnnxNode[];
  readonly tensors: readonly OnnxTensor[];
  readonly message: RegExp;
}

const product = [node('MatMul', ['x', 'W'], 'logits')];
const nBits = (values: Readonly<Record<string, number>>) => [
  node('com.microsoft.MatMulNBits', ['x', 'Q', 'S'], 'logits', ints(values)),
];

function elsewhere(
  offset: string,
  length: string | undefined,
  dims: readonly number[] = [2, 3],
): OnnxTensor[] {
  const externalData = { location: 'w.data', offset, ...(length !== undefined && { length }) };
  return [{ name: 'W', dims, dataType: onnxDataType.float, externalData }];
}

const claims: readonly Claim[] = [
  {
    what: 'an offset past the end',
    tensors: elsewhere('4294967296', undefined),
    message: /^w\.data ends at byte 24, but 4294967320 bytes are needed/u,
  },
  {
    what: 'an offset and length that overflow together',
    tensors: elsewhere('9007199254740991', '24'),
    message: /^w\.data ends at byte 24, but \d+ bytes are needed/u,
  },
  {
    what: 'an offset that a double cannot hold',
    tensors: elsewhere('9007199254740993', undefined),
    message: /gives the tensor W the external offset “9007199254740993”, which is not a number/u,
  },
  {
    what: 'a negative length',
    tensors: elsewhere('0', '-24'),
    message: /gives the tensor W the external length “-24”, which is not a number/u,
  },
  {
    what: 'a length that is not the shape’s',
    tensors: elsewhere('0', '12'),
    message: /stores 12 bytes for W, but its shape needs 24/u,
  },
  {
    what: 'four gigabytes',
    tensors: elsewhere('0', undefined, [32_768, 32_768]),
    message: /^w\.data ends at byte 24, but 4294967296 bytes are needed/u,
  },
  {
    what: 'four gigabytes in the file itself',
    tensors: [{ ...floats('W', [], [1]), dims: [32_768, 32_768] }],
    message: /stores 4 bytes for W, but its shape needs 4294967296/u,
  },
  {
    what: 'more numbers than there can be',
    tensors: [{ ...floats('W', [], [1]), dims: [2 ** 31, 2 ** 31] }],
    message: /gives W the shape \[2147483648, 2147483648\], which is not possible because/u,
  },
  {
    what: 'wider than any model',
    tensors: elsewhere('0', undefined, [100_000, 250_000]),
    message:
      /gives W the shape \[100000, 250000\], which is not possible because 250000 tokens of 100000 numbers/u,
  },
  {
    what: 'no tokens',
    tensors: [{ ...floats('W', [], []), dims: [2, 0] }],
    message: /gives W the shape \[2, 0\], which is not possible because 0 tokens of 2 numbers/u,
  },
  {
    what: 'typed data beyond the shape',
    tensors: [{ name: 'W', dims: [1, 2], dataType: onnxDataType.float16, int32Data: [1, 2, 3] }],
    message: /stores more numbers for W than its shape has/u,
  },
  {
    what: 'typed data short of a huge shape',
    tensors: [{ name: 'W', dims: [10_000, 100_000], dataType: onnxDataType.float16, int32Data: [1, 2, 3] }],
    message: /stores the 2000000000 bytes of W number by number; save it with raw or external data/u,
  },
  {
    what: 'blocks that overflow',
    nodes: nBits({ K: 2 ** 31, N: 2 ** 31, bits: 8, block_size: 2 ** 31 }),
    tensors: [bytes('Q', [3, 1, 16], onnxDataType.uint8, new Uint8Array(48)), floats('S', [3], [1, 2, 3])],
    message: /gives Q the shape \[3, 1, 16\], which is not possible/u,
  },
  {
    what: 'blocks larger than any row',
    nodes: nBits({ K: 16, N: 3, bits: 8, block_size: 2 ** 30 }),
    tensors: [bytes('Q', [3, 1, 16], onnxDataType.uint8, new Uint8Array(48)), floats('S', [3], [1, 2, 3])],
    message: /gives Q the shape \[3, 1, 16\], which is not possible because 3 × 16/u,
  },
  {
    what: 'a negative K',
    nodes: nBits({ K: -16, N: 3, bits: 8, block_size: 16 }),
    tensors: [bytes('Q', [3, 1, 16], onnxDataType.uint8, new Uint8Array(48)), floats('S', [3], [1, 2, 3])],
    message: /MatMulNBits with K -16/u,
  },
  {
    what: 'numbers that are none',
    tensors: [floats('W', [2, 3], [1, 2, 3, 4, NaN, 6])],
    message: /contains a number that is not finite for token 1 in W/u,
  },
  {
    what: 'a name of a thousand lines',
    tensors: [{ name: 'W', dims: [2, 3], dataType: 1, externalData: { location: 'gone\n'.repeat(1000) } }],
    message: /^model\/onnx\/model\.onnx keeps W in (gone ){15}gone…, which is missing/u,
  },
];

describe('claims of hostile files', () => {
  for (const { what, nodes = product, tensors, message } of claims) {
    it(`${what}: rejected at once`, () => {
      withFolder((parent) => {
        const folder = join(parent, 'model');
        mkdirSync(join(folder, 'onnx'), { recursive: true });
        writeFileSync(join(folder, 'onnx', 'w.data'), new Uint8Array(24));
        writeHead(folder, {
          irVersion: 10,
          opsetImport: { '': 21, 'com.microsoft': 1 },
          graph: { node: nodes, initializer: tensors, output: [{ name: 'logits', elemType: 1 }] },
        });
        const before = process.memoryUsage().rss;
        assert.throws(() => openHead(folder), { name: 'ModelError', message });
        assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20);
      });
    });
  }

  it('truncated data is rejected, not read as zeros', () => {
    withFolder((folder) => {
      writeHead(folder, {
        irVersion: 10,
        opsetImport: { '': 21 },
        graph: {
          node: product,
          initializer: elsewhere('0', undefined),
          output: [{ name: 'logits', elemType: 1 }],
        },
      });
      const data = join(folder, 'onnx', 'w.data');
      writeFileSync(data, new Uint8Array(24));
      assert.equal(openHead(folder).rows.length, 6);
      truncateSync(data, 20);
      assert.throws(() => openHead(folder), { name: 'ModelError', message: /^w\.data ends at byte 20/u });
    });
  });
});
