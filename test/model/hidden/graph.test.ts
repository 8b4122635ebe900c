import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAlgebra } from '../../../src/model/algebra/createAlgebra';
import { Embedder } from '../../../src/probe/embed';
import { onnxDataType, serializeOnnx, type OnnxGraph } from '../../../src/model/onnx/writer';
import { ByteSource } from '../../../src/model/storage/byteSource';
import { graphPatch } from '../../../src/model/hidden/graphPatch';
import { HiddenStateSession } from '../../../src/model/hidden/session';
import { fieldsOf } from '../../../src/model/onnx/protobufReader';
import { headFixtures, withFolder } from '../support/fixtures';
import { assertClose, hiddenTruth, runHidden, withModel } from '../support/hiddenTruth';

const config = { num_key_value_heads: 2, head_dim: 3, max_position_embeddings: 8, bos_token_id: 1 };

/** λ = embedding + the `sum` that `inputs` and `nodes` add to it, over 4 tokens and 2 dimensions. */
function writeDecoder(
  folder: string,
  graph: Partial<OnnxGraph>,
  files: Record<string, unknown> = { 'config.json': config },
): void {
  const tensor = (name: string, dims: number[], values: number[]) => ({
    name,
    dims,
    dataType: onnxDataType.float,
    rawData: new Uint8Array(Float32Array.from(values).buffer),
  });
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  const model = {
    irVersion: 8,
    opsetImport: { '': 17 },
    graph: {
      node: [],
      initializer: [
        tensor('E', [4, 2], [0, 1, 2, 3, 4, 5, 6, 7]),
        tensor('W', [2, 4], [1, 0, 0, 1, 0, 1, 1, 0]),
      ],
      input: [int64('input_ids', ['batch', 'sequence'])],
      output: [{ name: 'logits', elemType: onnxDataType.float }],
      ...graph,
    },
  };
  writeFileSync(join(folder, 'onnx', 'model.onnx'), serializeOnnx(model));
  for (const [name, value] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(value));
}

function int64(name: string, shape: (string | number)[]) {
  return { name, elemType: onnxDataType.int64, shape };
}

const op = (
  opType: string,
  input: string[],
  output: string,
  attribute: { name: string; i: number }[] = [],
) => ({
  opType,
  input,
  output: [output],
  attribute,
});
const head = op('MatMul', ['sum', 'W'], 'logits');
const embedding = [op('Gather', ['E', 'input_ids'], 'embedded'), op('Abs', ['embedded'], 'sum')];
/** Converts `name` to a number that is added to the embedding of each token. */
const addedToAll = (name: string) => [
  op('Gather', ['E', 'input_ids'], 'embedded'),
  op('Cast', [name], 'added', [{ name: 'to', i: onnxDataType.float }]),
  op('Add', ['embedded', 'added'], 'sum'),
  head,
];

describe('the values of a decoder’s inputs', () => {
  const cases: [string, string, (string | number)[], number[]][] = [
    ['attention_mask: ones', 'attention_mask', ['batch', 'sequence'], [1, 1]],
    ['position_ids: from 0 on', 'position_ids', ['batch', 'sequence'], [0, 1]],
    ['cache_position: once for all', 'cache_position', ['sequence'], [0, 1]],
    ['past_sequence_length: 0', 'past_sequence_length', [1], [0, 0]],
    ['total_sequence_length: the length', 'total_sequence_length', [], [2, 2]],
    ['seqlens_k: the last real position', 'seqlens_k', ['batch'], [1, 1]],
    ['use_cache_branch: no', 'use_cache_branch', [1], [0, 0]],
    ['num_logits_to_keep: all', 'num_logits_to_keep', [], [0, 0]],
  ];
  for (const elemType of [onnxDataType.int64, onnxDataType.int32, onnxDataType.float, onnxDataType.bool]) {
    const typeName = Object.keys(onnxDataType).find((key) => onnxDataType[key as 'int64'] === elemType)!;
    for (const [title, name, shape, expected] of cases) {
      const [first, second] = expected;
      // No exporter uses bool for numbers.
      if (elemType === onnxDataType.bool && expected.some((value) => value > 1)) continue;
      it(`${title} (${typeName})`, () =>
        withFolder(async (folder) => {
          const perToken = shape.length === 2 || shape[0] === 'sequence';
          const nodes = addedToAll(perToken ? 'column' : name);
          if (perToken) nodes.unshift(op('Unsqueeze', [name, 'last'], 'column'));
          const last = { name: 'last', dims: [1], dataType: onnxDataType.int64, int64Data: [-1] };
          writeDecoder(folder, {
            node: nodes,
            input: [int64('input_ids', ['batch', 'sequence']), { name, elemType, shape }],
            initializer: [...initializers(), last],
          });
          const [states] = await runHidden(folder, [[0, 1]]);
          assert.deepEqual([...states!.hidden], [0 + first!, 1 + first!, 2 + second!, 3 + second!]);
        }));
    }
  }

  for (const elemType of [onnxDataType.float, onnxDataType.float16]) {
    it(`past_key_values: empty, of the shape stated or configured (type ${elemType})`, () =>
      withFolder(async (folder) => {
        // Its shape is added as numbers: batch, heads, past and head size are 1, 2, 0 and 3.
        const node = [
          op('Shape', ['past_key_values.0.key'], 'shape'),
          op('Cast', ['shape'], 'floats', [{ name: 'to', i: onnxDataType.float }]),
          op('ReduceSum', ['floats'], 'total', [{ name: 'keepdims', i: 0 }]),
          ...addedToAll('total'),
        ];
        for (const shape of [
          ['batch', 2, 'past', 3],
          ['batch', 'heads', 'past', 'size'],
        ]) {
          writeDecoder(folder, {
            node,
            input: [
              int64('input_ids', ['batch', 'sequence']),
              { name: 'past_key_values.0.key', elemType, shape },
            ],
          });
          const [states] = await runHidden(folder, [[0]]);
          assert.deepEqual([...states!.hidden], [6, 7]);
        }
      }));
  }

  it('names from genai_config.json', () =>
    withFolder(async (folder) => {
      const inputs = { input_ids: 'tokens_in', position_ids: 'places' };
      const last = { name: 'last', dims: [1], dataType: onnxDataType.int64, int64Data: [-1] };
      const node = addedToAll('column').map((one) => ({
        ...one,
        input: one.input.map((name) => (name === 'input_ids' ? 'tokens_in' : name)),
      }));
      writeDecoder(
        folder,
        {
          node: [op('Unsqueeze', ['places', 'last'], 'column'), ...node],
          input: [int64('tokens_in', ['batch', 'sequence']), int64('places', ['batch', 'sequence'])],
          initializer: [...initializers(), last],
        },
        { 'genai_config.json': { model: { context_length: 5, decoder: { inputs } } } },
      );
      const [states] = await runHidden(folder, [[0, 0, 0]]);
      assert.deepEqual([...states!.hidden], [0, 1, 1, 2, 2, 3]);
      await withModel(folder, async (model) => {
        const session = await HiddenStateSession.open(model);
        assert.equal(session.settings.positions, 5);
        await session.release();
      });
    }));

  it('an unknown input is rejected by name, unless only the head needs it', () =>
    withFolder(async (folder) => {
      const input = [int64('input_ids', ['batch', 'sequence']), int64('riddle', [])];
      writeDecoder(folder, { node: addedToAll('riddle'), input });
      await assert.rejects(runHidden(folder, [[0]]), {
        name: 'ModelError',
        message: /onnx\/model\.onnx has an unknown input riddle; export the model with input_ids/u,
      });
      const scaled = [
        ...embedding,
        op('MatMul', ['sum', 'W'], 'product'),
        op('Gather', ['product', 'riddle'], 'logits', [{ name: 'axis', i: 1 }]),
      ];
      writeDecoder(folder, { node: scaled, input });
      await withModel(folder, async (model) => {
        const session = await HiddenStateSession.open(model);
        const [states] = await session.run([[3]]);
        assert.deepEqual([...states!.hidden], [6, 7]);
        await session.release();
      });
    }));

  it('a fixed length is padded', () =>
    withFolder(async (folder) => {
      const node = [...embedding, head];
      writeDecoder(folder, { node, input: [int64('input_ids', [1, 4])] });
      const [states] = await runHidden(folder, [[3, 2]]);
      assert.deepEqual([...states!.hidden], [6, 7, 4, 5]);
    }));
});

describe('data referenced by a downloaded file', () => {
  for (const location of ['../../outside.bin', '/etc/hostname']) {
    it(`is not read at ${location}`, () =>
      withFolder(async (folder) => {
        const [, weight] = initializers();
        const externalData = { location, offset: '0', length: '32' };
        const table = { name: 'E', dims: [4, 2], dataType: onnxDataType.float, externalData };
        writeFileSync(join(folder, 'outside.bin'), new Uint8Array(32));
        writeDecoder(join(folder, 'model'), { node: [...embedding, head], initializer: [table, weight!] });
        await assert.rejects(runHidden(join(folder, 'model'), [[1]]), {
          name: 'ModelError',
          message:
            'model/onnx/model.onnx keeps numbers in a file outside its folder; put the file itself next to the .onnx file.',
        });
      }));
  }
});

describe('the position of the hidden state', () => {
  it('before positions are selected: all are available', () =>
    withFolder(async (folder) => {
      const at = { name: 'at', dims: [1], dataType: onnxDataType.int64, int64Data: [-1] };
      const node = [
        op('Gather', ['E', 'input_ids'], 'embedded'),
        op('Mul', ['embedded', 'embedded'], 'normed'),
        op('Gather', ['normed', 'at'], 'sum', [{ name: 'axis', i: 1 }]),
        head,
      ];
      writeDecoder(folder, { node, initializer: [...initializers(), at] });
      const [states] = await runHidden(folder, [[1, 2]]);
      assert.deepEqual([...states!.hidden], [4, 9, 16, 25]);
      assert.equal(states!.logits!.length, 4);
    }));

  it('already an output: nothing is added', () => {
    withFolder((folder) => {
      const node = [...embedding, head];
      const output = ['logits', 'sum'].map((name) => ({ name, elemType: onnxDataType.float }));
      writeDecoder(folder, { node, output });
      const source = new ByteSource(join(folder, 'onnx', 'model.onnx'), 'model');
      const patch = graphPatch(source, { hiddenState: 'sum', logits: 'logits' }, false);
      source.close();
      assert.equal(patch.tail.length, 0);
      assert.deepEqual(patch.operators, new Set(['Abs', 'Gather']));
    });
  });

  it('in the branch of a merged decoder without a past: it is extracted', () =>
    withFolder(async (folder) => {
      const fixture = join(headFixtures, 'untied-fp32-trace');
      mkdirSync(join(folder, 'onnx'));
      copyFileSync(join(fixture, 'config.json'), join(folder, 'config.json'));
      const path = join(folder, 'onnx', 'decoder_model_merged.onnx');
      writeFileSync(path, merged(join(fixture, 'onnx', 'model.onnx')));
      const { ids, hidden, logits } = hiddenTruth('untied');
      const [states] = await runHidden(folder, [ids]);
      assertClose(states!.hidden, hidden, 1e-4);
      assertClose(states!.logits!, logits, 1e-4);
      await withModel(folder, (model) => {
        assert.match(model.onnxHead.hiddenState ?? '', /Mul_9_output_0$/u);
        return Promise.resolve();
      });
    }));

  it('batches where positions come first are run one by one, each with its own states', () =>
    withFolder(async (folder) => {
      const perm = [{ name: 'perm', ints: [1, 0, 2] }];
      writeDecoder(folder, {
        node: [
          op('Gather', ['E', 'input_ids'], 'x'),
          { ...op('Transpose', ['x'], 'sum'), attribute: perm },
          op('MatMul', ['sum', 'W'], 'product'),
          { ...op('Transpose', ['product'], 'logits'), attribute: perm },
        ],
      });
      await withModel(folder, async (model) => {
        const embedder = new Embedder(createAlgebra());
        const contexts = [[0, 1, 2], [3], [2, 1]].map((ids) => ({ ids }));
        const request = { model: folder, contexts, allPositions: true };
        const { hidden } = await embedder.embed(model, request, () => undefined);
        await embedder.close();
        assert.deepEqual([...hidden.data], [0, 1, 2, 3, 4, 5, 6, 7, 4, 5, 2, 3]);
      });
    }));

  it('a head that is a convolution: the state is before the transpose', () =>
    withFolder(async (folder) => {
      const turn = [{ name: 'perm', ints: [0, 2, 1] }];
      writeDecoder(folder, {
        node: [
          ...embedding,
          { ...op('Transpose', ['sum'], 'channels'), attribute: turn },
          op('Conv', ['channels', 'K'], 'c'),
          { ...op('Transpose', ['c'], 'logits'), attribute: turn },
        ],
        initializer: [
          ...initializers(),
          {
            name: 'K',
            dims: [4, 2, 1],
            dataType: onnxDataType.float,
            floatData: [1, 0, 0, 1, 1, 1, 0, 2],
          },
        ],
      });
      const [states] = await runHidden(folder, [[3, 1]]);
      assert.deepEqual([...states!.hidden], [6, 7, 2, 3]);
    }));

  it('inside a local function: not accessible, with the remedy', () => {
    withFolder((folder) => {
      writeDecoder(folder, { node: [...embedding, head] });
      const source = new ByteSource(join(folder, 'onnx', 'model.onnx'), 'model');
      assert.throws(() => graphPatch(source, { hiddenState: null, logits: 'logits' }, false), {
        name: 'ModelError',
        message: /inside a local function.*; inline the functions with onnx\.inliner/u,
      });
      source.close();
    });
  });

  it('not accessible at all: one sentence', () => {
    withFolder((folder) => {
      writeDecoder(folder, { node: [...embedding, head] });
      const source = new ByteSource(join(folder, 'onnx', 'model.onnx'), 'model');
      assert.throws(() => graphPatch(source, { hiddenState: 'elsewhere', logits: 'logits' }, false), {
        name: 'ModelError',
        message: 'model computes its hidden state where it cannot be accessed; export the model again.',
      });
      source.close();
    });
  });
});

function initializers() {
  const tensor = (name: string, dims: number[], values: number[]) => ({
    name,
    dims,
    dataType: onnxDataType.float,
    floatData: values,
  });
  return [tensor('E', [4, 2], [0, 1, 2, 3, 4, 5, 6, 7]), tensor('W', [2, 4], [1, 0, 0, 1, 0, 1, 1, 0])];
}

/**
 * A file as merged by Optimum: nodes in the branches of an If, weights around it. The branch with a past, which the head is
 * read from, has another name for the hidden state.
 */
function merged(path: string): Uint8Array {
  const source = new ByteSource(path, 'fixture');
  const all = { start: 0, end: source.size };
  const model = [...fieldsOf(source, all)];
  const graph = model.find(({ number }) => number === 7)!;
  const graphFields = [...fieldsOf(source, graph)];
  const bytes = ({ start, end }: { start: number; end: number }) =>
    Buffer.from(source.view(start, end - start));
  const of = (...numbers: number[]) =>
    graphFields.filter(({ number }) => numbers.includes(number)).map((one) => field(one.number, bytes(one)));
  const branch = Buffer.concat([...of(1, 12), field(2, Buffer.from('branch'))]);
  const withPast = Buffer.from(
    branch
      .toString('latin1')
      .replaceAll('/model/model/norm/Mul_1_output_0', '/model/model/norm/Mul_9_output_0'),
    'latin1',
  );
  const attribute = (name: string, g: Uint8Array) =>
    field(5, Buffer.concat([field(1, Buffer.from(name)), field(6, g), Buffer.from([0xa0, 0x01, 5])]));
  const node = field(
    1,
    Buffer.concat([
      field(1, Buffer.from('use_cache_branch')),
      field(2, Buffer.from('logits')),
      field(4, Buffer.from('If')),
      attribute('then_branch', withPast),
      attribute('else_branch', branch),
    ]),
  );
  const flag = serializeInput();
  const top = field(7, Buffer.concat([node, field(2, Buffer.from('merged')), ...of(5, 11, 12), flag]));
  const rest = model.filter(({ number }) => number === 8).map((one) => field(8, bytes(one)));
  source.close();
  return Buffer.concat([Buffer.from([0x08, 8]), top, ...rest]);
}

/** `use_cache_branch`, a bool `[1]`, as an input of a graph. */
function serializeInput(): Uint8Array {
  const shape = field(2, field(1, Buffer.from([0x08, 1])));
  const type = field(2, field(1, Buffer.concat([Buffer.from([0x08, onnxDataType.bool]), shape])));
  return field(11, Buffer.concat([field(1, Buffer.from('use_cache_branch')), type]));
}

/** A protobuf field of bytes. */
function field(number: number, bytes: Uint8Array): Buffer {
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 0x7f; rest >>>= 7) length.push((rest & 0x7f) | 0x80);
  return Buffer.concat([Buffer.from([number * 8 + 2, ...length, rest]), bytes]);
}
