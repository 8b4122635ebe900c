import assert from 'node:assert/strict';
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onnxDataType, serializeOnnx } from '../../../src/model/onnx/writer';
import { openModelFolder } from '../../../src/model/modelFolder';
import { withFolder } from '../support/fixtures';
import { floats, node } from '../support/headForms';
import { openHead } from '../support/writeHead';

const rows = [1, 4, 2, 5, 3, 6];
const data = new Uint8Array(Float32Array.of(1, 2, 3, 4, 5, 6).buffer);

/** A complete model file, or one with its weight in `location`. */
function modelBytes(location?: string): Uint8Array {
  const weight =
    location === undefined
      ? floats('W', [2, 3], [1, 2, 3, 4, 5, 6])
      : { name: 'W', dims: [2, 3], dataType: onnxDataType.float, externalData: { location } };
  return serializeOnnx({
    irVersion: 8,
    opsetImport: { '': 17 },
    graph: {
      node: [node('MatMul', ['hidden', 'W'], 'logits')],
      initializer: [weight],
      output: [{ name: 'logits', elemType: onnxDataType.float }],
    },
  });
}

function put(folder: string, ...files: string[]): void {
  mkdirSync(join(folder, 'onnx'), { recursive: true });
  for (const file of files) writeFileSync(join(folder, file), modelBytes());
}

describe('model folders', () => {
  it('uses the most precise file, in the documented order', () => {
    withFolder((folder) => {
      const order = [
        'model',
        'decoder_model_merged',
        'decoder_model',
        'decoder_with_past_model',
        'model_fp16',
        'decoder_model_merged_fp16',
        'model_bf16',
        'model_int8',
        'model_uint8',
        'model_quantized',
        'model_q8',
        'model_q4f16',
        'model_q4',
        'model_bnb4',
        'my_llama',
        'my_llama_fp16',
        'embed_tokens',
        'vision_encoder_fp16',
      ].map((name) => `onnx/${name}.onnx`);
      put(folder, ...order);
      for (const [i, file] of order.entries()) {
        const opened = openModelFolder(folder);
        assert.deepEqual([opened.file, ...opened.otherFiles], order.slice(i));
        rmSync(join(folder, file));
      }
    });
  });

  it('uses the requested file, by path or by name', () => {
    withFolder((folder) => {
      put(folder, 'onnx/model.onnx', 'onnx/model_q4.onnx', 'model_q4.onnx');
      assert.equal(openModelFolder(folder, 'onnx/model_q4.onnx').file, 'onnx/model_q4.onnx');
      assert.equal(openModelFolder(folder, './onnx\\model_q4.onnx').file, 'onnx/model_q4.onnx');
      assert.equal(openModelFolder(folder, 'model_q4.onnx').file, 'model_q4.onnx');
      assert.equal(openModelFolder(join(folder, 'model_q4.onnx'), 'model.onnx').file, 'onnx/model.onnx');
      assert.throws(() => openModelFolder(folder, '../model.onnx'), {
        name: 'ModelError',
        message: /has no \.\.\/model\.onnx; choose one of its files: onnx\/model\.onnx, model_q4\.onnx/u,
      });
    });
  });

  it('onnxruntime-genai: the decoder of genai_config.json', () => {
    withFolder((folder) => {
      put(folder, 'model.onnx', 'phi.onnx');
      const config = (filename: unknown): void => {
        writeFileSync(
          join(folder, 'genai_config.json'),
          JSON.stringify({ model: { decoder: { filename } } }),
        );
      };
      config('phi.onnx');
      assert.equal(openModelFolder(folder).file, 'phi.onnx');
      assert.equal(openModelFolder(join(folder, 'model.onnx')).file, 'model.onnx');
      config(undefined);
      assert.equal(openModelFolder(folder).file, 'model.onnx');
      config('../elsewhere.onnx');
      assert.throws(() => openModelFolder(folder), {
        name: 'ModelError',
        message: /names the decoder \.\.\/elsewhere\.onnx, which is not in the folder/u,
      });
      writeFileSync(join(folder, 'genai_config.json'), '[');
      assert.throws(() => openModelFolder(folder), {
        message: /genai_config\.json of .* is not valid JSON/u,
      });
    });
  });

  it('optimum: model and data at the root, also given directly', () => {
    withFolder((folder) => {
      writeFileSync(join(folder, 'model.onnx'), modelBytes('model.onnx_data'));
      writeFileSync(join(folder, 'model.onnx_data'), data);
      assert.deepEqual([...openHead(folder).rows], rows);
      assert.deepEqual([...openHead(join(folder, 'model.onnx')).rows], rows);
    });
  });

  it('a snapshot of the Hugging Face cache, where every file is a link into the blobs', () => {
    withFolder((cache) => {
      const snapshot = join(cache, 'snapshots', '0123');
      mkdirSync(join(snapshot, 'onnx'), { recursive: true });
      mkdirSync(join(cache, 'blobs'));
      writeFileSync(join(cache, 'blobs', 'aa'), modelBytes('model.onnx_data'));
      writeFileSync(join(cache, 'blobs', 'bb'), data);
      symlinkSync('../../../blobs/aa', join(snapshot, 'onnx', 'model.onnx'));
      symlinkSync('../../../blobs/bb', join(snapshot, 'onnx', 'model.onnx_data'));
      assert.deepEqual([...openHead(snapshot).rows], rows);
      // Other files on the disk must still not be read.
      renameSync(join(cache, 'blobs', 'bb'), join(cache, 'bb'));
      rmSync(join(snapshot, 'onnx', 'model.onnx_data'));
      symlinkSync('../../../bb', join(snapshot, 'onnx', 'model.onnx_data'));
      assert.throws(() => openHead(snapshot), {
        name: 'ModelError',
        message: /keeps W in model\.onnx_data, a link to a file outside the model folder/u,
      });
    });
  });

  it('a single link to an .onnx file finds the data next to the real one', () => {
    withFolder((folder) => {
      mkdirSync(join(folder, 'real'));
      mkdirSync(join(folder, 'model'));
      writeFileSync(join(folder, 'real', 'llama.onnx'), modelBytes('llama.data'));
      writeFileSync(join(folder, 'real', 'llama.data'), data);
      symlinkSync('../real/llama.onnx', join(folder, 'model', 'model.onnx'));
      assert.deepEqual([...openHead(join(folder, 'model')).rows], rows);
    });
  });

  it('circular links and non-regular files are ignored', () => {
    withFolder((folder) => {
      symlinkSync('loop.onnx', join(folder, 'loop.onnx'));
      mkdirSync(join(folder, 'folder.onnx'));
      writeFileSync(join(folder, 'onnx'), 'a file, no folder');
      assert.throws(() => openModelFolder(folder), {
        name: 'ModelError',
        message: /has no \.onnx, \.safetensors or \.gguf file/u,
      });
      rmSync(join(folder, 'loop.onnx'));
      writeFileSync(join(folder, 'model.onnx'), modelBytes('loop.data'));
      symlinkSync('loop.data', join(folder, 'loop.data'));
      assert.throws(() => openHead(folder), { name: 'ModelError', message: /loop\.data, which is missing/u });
    });
  });
});
