import assert from 'node:assert/strict';
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { onnxDataType, type OnnxTensor } from '../../../src/model/onnx/writer';
import { Model } from '../../../src/model/model';
import { fixtureNames, headFixtures, readNpy, withFolder } from '../support/fixtures';
import { assertClose } from '../support/assertClose';
import { writeModel } from '../support/writeModel';

/** Tolerance for float32 numbers that ONNX Runtime's dequantisation may round differently in the last bit. */
const rounded = 1e-6;

function rowsOf(
  path: string,
  ids?: readonly number[],
): { layout: string; data: Float32Array | Float64Array } {
  const model = new Model(path);
  try {
    const { unembedding } = model;
    const all = Array.from({ length: unembedding.head.vocabSize }, (_, id) => id);
    return { layout: unembedding.head.layout, data: unembedding.rows(ids ?? all).data };
  } finally {
    model.close();
  }
}

/** The error of opening the model, or of reading a row. */
function refusalOf(path: string): string {
  try {
    rowsOf(path, [0]);
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'ModelError', String(error));
    return error.message;
  }
  assert.fail('the model should have been refused');
}

describe('heads of real exporters', () => {
  for (const name of fixtureNames()) {
    const folder = join(headFixtures, name);
    it(`${name}: every row is correct`, () => {
      const truth = readNpy(join(folder, 'unembedding.npy'));
      const { data } = rowsOf(folder);
      assert.equal(data.length, truth.rows * truth.columns);
      if (/fp32|fp16|bf16/u.test(name)) assert.deepEqual(data, truth.data);
      else assertClose(data, truth.data, rounded);
    });
  }

  it('cover both orientations', () => {
    const layouts = fixtureNames().map((name) => rowsOf(join(headFixtures, name), [0]).layout);
    assert.deepEqual(new Set(layouts), new Set(['[vocab, hidden]', '[hidden, vocab]']));
  });

  it('return rows in the requested order, including repeated ones', () => {
    for (const name of fixtureNames()) {
      const truth = readNpy(join(headFixtures, name, 'unembedding.npy'));
      const ids = [639, 0, 17, 17, 320];
      const expected = ids.flatMap((id) => [
        ...truth.data.subarray(id * truth.columns, (id + 1) * truth.columns),
      ]);
      assertClose(rowsOf(join(headFixtures, name), ids).data, expected, rounded);
    }
  });

  it('reject ids outside the vocabulary', () => {
    const model = new Model(join(headFixtures, 'tied-fp16'));
    for (const id of [-1, 640, 0.5, NaN]) {
      assert.throws(() => model.unembedding.rows([0, id]), {
        message: `Token id ${id} is outside the vocabulary of 640 tokens.`,
      });
    }
    model.close();
  });
});

const values = Float32Array.of(1, 2, 3, 4, 5, 6);
const rawData = new Uint8Array(values.buffer);
const weight: OnnxTensor = { name: 'W', dims: [2, 3], dataType: onnxDataType.float, rawData };

/** The weight in a separate file. */
function external(location: string): OnnxTensor {
  return { name: 'W', dims: [2, 3], dataType: onnxDataType.float, externalData: { location } };
}

describe('generated heads', () => {
  it('MatMul: rows of U are columns', () => {
    withFolder((folder) => {
      writeModel(folder, weight);
      assert.deepEqual([...rowsOf(folder).data], [1, 4, 2, 5, 3, 6]);
    });
  });

  it('Gemm with transB: rows of U are rows', () => {
    withFolder((folder) => {
      const attribute = [{ name: 'transB', i: 1 }];
      writeModel(folder, weight, {
        node: [{ opType: 'Gemm', input: ['hidden', 'W'], output: ['logits'], attribute }],
      });
      assert.deepEqual([...rowsOf(folder).data], [1, 2, 3, 4, 5, 6]);
    });
  });

  it('typed float data is read like raw data', () => {
    withFolder((folder) => {
      writeModel(folder, { name: 'W', dims: [2, 3], dataType: onnxDataType.float, floatData: values });
      assert.deepEqual([...rowsOf(folder).data], [1, 4, 2, 5, 3, 6]);
    });
  });

  it('Cast, Identity and a last-token Slice between product and logits are passed', () => {
    withFolder((folder) => {
      const node = [
        { opType: 'Identity', input: ['W'], output: ['W2'] },
        { opType: 'MatMul', input: ['hidden', 'W2'], output: ['product'] },
        { opType: 'Slice', input: ['product', 'from', 'to', 'axes'], output: ['last'] },
        { opType: 'Cast', input: ['last'], output: ['logits'] },
      ];
      const integers = (name: string, value: number) => ({
        name,
        dims: [1],
        dataType: onnxDataType.int64,
        int64Data: [value],
      });
      const cut = [integers('from', -1), integers('to', Number.MAX_SAFE_INTEGER), integers('axes', -2)];
      writeModel(folder, weight, { node, initializer: [weight, ...cut] });
      assert.deepEqual([...rowsOf(folder).data], [1, 4, 2, 5, 3, 6]);
    });
  });

  it('float16: every finite number is exact', () => {
    withFolder((folder) => {
      const bits = Uint16Array.of(0x3c00, 0xc000, 0x7bff, 0x0001, 0x03ff, 0x8000, 0x3555, 0x0400);
      const data = new Uint8Array(bits.buffer);
      writeModel(folder, { name: 'W', dims: [1, 8], dataType: onnxDataType.float16, rawData: data });
      assert.deepEqual(
        [...rowsOf(folder).data],
        [1, -2, 65504, 2 ** -24, 1023 * 2 ** -24, -0, 0.333251953125, 2 ** -14],
      );
    });
  });

  it('external data with an offset, next to the file', () => {
    withFolder((folder) => {
      const externalData = { location: 'model.onnx_data', offset: '8', length: '24' };
      writeModel(folder, { name: 'W', dims: [2, 3], dataType: onnxDataType.float, externalData });
      writeFileSync(join(folder, 'onnx', 'model.onnx_data'), Buffer.concat([Buffer.alloc(8), rawData]));
      assert.deepEqual([...rowsOf(folder).data], [1, 4, 2, 5, 3, 6]);
    });
  });

  const refused: [string, (folder: string) => void, RegExp][] = [
    [
      'a missing folder',
      () => undefined,
      /^There is no model folder .*; choose a folder that contains an \.onnx, \.safetensors or \.gguf file\.$/u,
    ],
    [
      'a folder without weights',
      (folder) => {
        mkdirSync(folder);
      },
      /has no \.onnx, \.safetensors or \.gguf file, neither at its root nor in onnx\/; choose another folder\.$/u,
    ],
    [
      'an empty file',
      (folder) => {
        writeModel(folder, weight);
        truncateSync(join(folder, 'onnx', 'model.onnx'));
      },
      /model\/onnx\/model\.onnx is empty/u,
    ],
    [
      'a truncated file',
      (folder) => {
        writeModel(folder, weight);
        truncateSync(join(folder, 'onnx', 'model.onnx'), 40);
      },
      /model\/onnx\/model\.onnx ends at byte 40, but \d+ bytes are needed: the file is truncated/u,
    ],
    [
      'a text file',
      (folder) => {
        writeModel(folder, weight);
        writeFileSync(join(folder, 'onnx', 'model.onnx'), 'hello, this is no model at all');
      },
      /is not a readable ONNX file|ends at byte|contains no ONNX graph/u,
    ],
    [
      'a Git LFS pointer',
      (folder) => {
        writeModel(folder, weight);
        writeFileSync(
          join(folder, 'onnx', 'model.onnx'),
          'version https://git-lfs.github.com/spec/v1\noid sha256:0\n',
        );
      },
      /is a Git LFS pointer instead of the model; run “git lfs pull”/u,
    ],
    [
      'broken config.json',
      (folder) => {
        writeModel(folder, weight);
        writeFileSync(join(folder, 'config.json'), '{');
      },
      /^config\.json of model is not valid JSON/u,
    ],
    [
      'no logits',
      (folder) => {
        writeModel(folder, weight, { output: [{ name: 'last_hidden_state', elemType: 1 }] });
      },
      /has no output named logits \(its outputs: last_hidden_state\)/u,
    ],
    [
      'a missing data file',
      (folder) => {
        writeModel(folder, external('gone.data'));
      },
      /model\/onnx\/model\.onnx keeps W in gone\.data, which is missing; copy that file next to the \.onnx file\.$/u,
    ],
    [
      'a data file that is too short',
      (folder) => {
        writeModel(folder, external('short.data'));
        writeFileSync(join(folder, 'onnx', 'short.data'), 'abc');
      },
      /^short\.data ends at byte 3, but 24 bytes are needed/u,
    ],
    [
      'data above the folder',
      (folder) => {
        writeModel(folder, external('../../../etc/passwd'));
      },
      /keeps W in \.\.\/\.\.\/\.\.\/etc\/passwd, outside the model folder/u,
    ],
    [
      'data at an absolute path',
      (folder) => {
        writeModel(folder, external('/etc/passwd'));
      },
      /keeps W in \/etc\/passwd, outside the model folder/u,
    ],
    [
      'data through a link that leaves the folder',
      (folder) => {
        writeModel(folder, external('link.data'));
        writeFileSync(join(folder, '..', 'secret'), rawData);
        symlinkSync(join(folder, '..', 'secret'), join(folder, 'onnx', 'link.data'));
      },
      /keeps W in link\.data, a link to a file outside the model folder; put the file itself there/u,
    ],
    [
      'raw data of the wrong length',
      (folder) => {
        writeModel(folder, { ...weight, dims: [2, 4] });
      },
      /stores 24 bytes for W, but its shape needs 32/u,
    ],
    [
      'dimensions beyond all bounds',
      (folder) => {
        writeModel(folder, { ...weight, dims: [2 ** 40, 2 ** 40] });
      },
      /gives W the shape \[1099511627776, 1099511627776\], which is not possible/u,
    ],
    [
      'negative dimensions',
      (folder) => {
        writeModel(folder, { ...weight, dims: [-2, 3] });
      },
      /gives W the shape \[-2, 3\], which is not possible/u,
    ],
    [
      'an offset that is no number',
      (folder) => {
        writeModel(folder, {
          name: 'W',
          dims: [2, 3],
          dataType: 1,
          externalData: { location: 'a', offset: '0x10' },
        });
      },
      /gives the tensor W the external offset “0x10”, which is not a number/u,
    ],
    [
      'a tensor twice',
      (folder) => {
        writeModel(folder, weight, { initializer: [weight, weight] });
      },
      /defines the tensor W twice/u,
    ],
    [
      'a bias after the product',
      (folder) => {
        writeModel(folder, weight, {
          node: [
            { opType: 'MatMul', input: ['h', 'W'], output: ['p'] },
            { opType: 'Add', input: ['p', 'b'], output: ['logits'] },
          ],
        });
      },
      /unsupported LM-head format: Add before the logits/u,
    ],
    [
      'a cycle',
      (folder) => {
        writeModel(folder, weight, {
          node: [
            { opType: 'Cast', input: ['x'], output: ['logits'] },
            { opType: 'Cast', input: ['logits'], output: ['x'] },
          ],
        });
      },
      /has logits that are not computed by a matrix product/u,
    ],
    [
      'weights that depend on themselves',
      (folder) => {
        writeModel(folder, weight, {
          node: [
            { opType: 'MatMul', input: ['h', 'x'], output: ['logits'] },
            { opType: 'Cast', input: ['x'], output: ['x'] },
          ],
        });
      },
      /unsupported LM-head format: weights that depend on themselves/u,
    ],
  ];
  for (const [what, make, expected] of refused) {
    it(`rejects ${what} in one sentence`, () => {
      withFolder((parent) => {
        const folder = join(parent, 'model');
        make(folder);
        const message = refusalOf(folder);
        assert.match(message, expected);
        assert.ok(!message.includes('\n'));
      });
    });
  }

  it('a Transpose that changes nothing keeps the orientation', () => {
    withFolder((folder) => {
      const perm = (ints: number[]) => [
        { opType: 'Transpose', input: ['W'], output: ['W2'], attribute: [{ name: 'perm', ints }] },
        { opType: 'MatMul', input: ['hidden', 'W2'], output: ['logits'] },
      ];
      writeModel(folder, weight, { node: perm([0, 1]) });
      assert.deepEqual([...rowsOf(folder).data], [1, 4, 2, 5, 3, 6]);
      writeModel(folder, weight, { node: perm([1, 0]) });
      assert.deepEqual([...rowsOf(folder).data], [1, 2, 3, 4, 5, 6]);
    });
  });

  it('rejects negative lengths, endless shapes and floods of nodes at once', () => {
    withFolder((parent) => {
      const folder = join(parent, 'model');
      writeModel(folder, weight);
      const path = join(folder, 'onnx', 'model.onnx');
      const minusEleven = [0xf5, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
      writeFileSync(path, Buffer.from([0x0a, ...minusEleven, ...new Array<number>(40).fill(0)]));
      assert.match(refusalOf(folder), /is not a readable ONNX file \(damaged at byte 1\)/u);
      writeModel(folder, { ...weight, dims: new Array<number>(100_000).fill(1) });
      assert.match(refusalOf(folder), /gives W the shape \[1, 1, 1, 1, 1, 1, 1, 1\], which is not possible/u);
      const nodes = Buffer.alloc(2 * 600_000).fill(Buffer.from([0x0a, 0x00]));
      const length = [0x80 | (nodes.length & 0x7f), 0x80 | ((nodes.length >> 7) & 0x7f), nodes.length >> 14];
      writeFileSync(path, Buffer.concat([Buffer.from([0x3a, ...length]), nodes]));
      assert.match(refusalOf(folder), /claims more than 500000 nodes and tensors/u);
    });
  });

  it('uses the most precise of several files, or the named one', () => {
    withFolder((folder) => {
      writeModel(folder, weight);
      copyFileSync(join(folder, 'onnx', 'model.onnx'), join(folder, 'onnx', 'model_fp16.onnx'));
      copyFileSync(join(folder, 'onnx', 'model.onnx'), join(folder, 'onnx', 'model_q4.onnx'));
      const first = new Model(folder);
      assert.equal(first.folder.file, 'onnx/model.onnx');
      assert.deepEqual(first.folder.otherFiles, ['onnx/model_fp16.onnx', 'onnx/model_q4.onnx']);
      first.close();
      const named = new Model(join(folder, 'onnx', 'model_q4.onnx'));
      assert.equal(named.folder.file, 'onnx/model_q4.onnx');
      assert.equal(named.folder.path, folder);
      named.close();
    });
  });

  it('a model truncated anywhere is rejected or read correctly, never misread', () => {
    withFolder((parent) => {
      const folder = join(parent, 'model');
      const truth = readNpy(join(headFixtures, 'untied-fp32-external', 'unembedding.npy')).data;
      cpSync(join(headFixtures, 'untied-fp32-external'), folder, { recursive: true });
      const path = join(folder, 'onnx', 'model.onnx');
      const bytes = readFileSync(path);
      unlinkSync(path);
      for (let length = 0; length < bytes.length; length += 997) {
        writeFileSync(path, bytes.subarray(0, length));
        try {
          assert.deepEqual(rowsOf(folder).data, truth);
        } catch (error) {
          assert.ok(error instanceof Error && error.name === 'ModelError', String(error));
        }
      }
    });
  });
});
