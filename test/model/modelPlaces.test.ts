import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../src/model/model';
import { printed } from './support/cli';
import { fieldFixtures, readNpy, withFolder } from './support/fixtures';
import { wordOf, writeSmallModel, writeSmallTokenizer } from './support/smallModel';
import { someHead } from './support/someHead';

/** A model `name/SUB/model.onnx` with its tokenizer in `name`, and nothing above it. */
function writeIn(folder: string, sub: string): string {
  const model = join(folder, 'llama');
  mkdirSync(model);
  writeSmallModel(model, someHead(12, 4));
  if (sub !== 'onnx') renameSync(join(model, 'onnx'), join(model, sub));
  return model;
}

function idOf(path: string, word = wordOf(3)): readonly number[] {
  const model = new Model(path);
  assert.equal(model.unembedding.head.vocabSize, 12);
  const { ids } = model.tokenizer.tokens(word, false);
  model.close();
  return ids;
}

describe('the location of a model’s files', () => {
  for (const sub of ['onnx', 'ONNX', 'Onnx']) {
    it(`${sub}/ is searched, and its tokenizer found next to it: folder, subfolder and file`, () => {
      withFolder((folder) => {
        const model = writeIn(folder, sub);
        writeFileSync(join(model, 'config.json'), JSON.stringify({ architectures: ['LlamaForCausalLM'] }));
        for (const path of [model, join(model, sub), join(model, sub, 'model.onnx')]) {
          assert.deepEqual(idOf(path), [3]);
          const opened = new Model(path);
          assert.deepEqual([opened.folder.name, opened.architecture], ['llama', 'LlamaForCausalLM']);
        }
        assert.equal(new Model(model).folder.file, `${sub}/model.onnx`);
        assert.match(printed('model', '--model', join(model, sub)), /tokenizer {5}\.\.\/tokenizer\.json/u);
      });
    });
  }

  it('the tokenizer of a given file is searched one folder up, not two', () => {
    withFolder((folder) => {
      const model = writeIn(folder, 'fp16');
      const file = join(model, 'fp16', 'model.onnx');
      assert.deepEqual(idOf(file), [3]);
      // The name of its folder is not a known subfolder for ONNX files.
      assert.throws(() => idOf(join(model, 'fp16')), /fp16 has no tokenizer\.json/u);
      for (const name of ['tokenizer.json', 'tokenizer_config.json'])
        renameSync(join(model, name), join(folder, name));
      assert.throws(() => idOf(file), /has no tokenizer\.json/u);
      renameSync(join(model, 'fp16'), join(model, 'onnx'));
      for (const path of [join(model, 'onnx'), join(model, 'onnx', 'model.onnx'), model])
        assert.throws(() => idOf(path), /has no tokenizer\.json/u);
    });
  });

  it('the nearest files are used, a tokenizer with its own configuration', () => {
    withFolder((folder) => {
      const model = writeIn(folder, 'onnx');
      writeSmallTokenizer(join(model, 'onnx'), 3);
      for (const path of [model, join(model, 'onnx'), join(model, 'onnx', 'model.onnx')])
        assert.deepEqual(idOf(path), []);
      rmSync(join(model, 'onnx', 'tokenizer.json'));
      assert.deepEqual(idOf(join(model, 'onnx')), [3]);
    });
  });

  it('a config.json above that does not belong to a model is ignored', () => {
    withFolder((folder) => {
      const model = writeIn(folder, 'fp16');
      const file = join(model, 'fp16', 'model.onnx');
      for (const text of ['{', '{"hidden_size": 7}']) {
        writeFileSync(join(model, 'config.json'), text);
        assert.deepEqual(new Model(file).folder.config, {});
      }
      writeFileSync(join(model, 'config.json'), '{"model_type": "llama"}');
      assert.equal(new Model(file).architecture, 'llama');
    });
  });

  it('a published model: ONNX/LlamaV2.onnx', () => {
    const model = join(fieldFixtures, 'hidden-states-claimed', 'capital-folder');
    withFolder((out) => {
      const npy = join(out, 'u.npy');
      for (const path of [model, join(model, 'ONNX'), join(model, 'ONNX', 'LlamaV2.onnx')]) {
        printed('unembedding', '--model', path, '--words', '甲', '--npy', npy);
        printed('unembedding', '--model', path, '--all', '--npy', npy);
        assert.deepEqual(readNpy(npy), readNpy(join(fieldFixtures, 'U.npy')));
        const probe = printed('probe', join(model, 'pairs.concepts.json'), '--model', path);
        assert.match(probe, /^capital-folder: /u);
        assert.match(probe, / c +6\/6 /u);
      }
      // The same next to an ordinary folder with that name.
      const copy = join(out, 'copy');
      cpSync(join(model, 'ONNX'), join(copy, 'onnx'), { recursive: true });
      copyFileSync(join(model, 'tokenizer.json'), join(copy, 'tokenizer.json'));
      assert.deepEqual(idOf(join(copy, 'onnx'), '丙'), [2]);
    });
  });
});
