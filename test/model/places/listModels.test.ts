import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Model } from '../../../src/model/model';
import { listModels } from '../../../src/model/places/listModels';
import type { Machine } from '../../../src/model/places/machine';
import { resolveModel } from '../../../src/model/places/resolveModel';
import type { FoundModel } from '../../../src/protocol/foundModel';
import {
  fixedPlaces,
  machineAt,
  put,
  putInCache,
  putInOllama,
  smallCheckpoint,
  smallGguf,
} from '../support/fakeHome';
import { withFolder } from '../support/fixtures';
import { ggufBytes } from '../support/writeGguf';
import { someHead } from '../support/someHead';
import { writeSmallModel } from '../support/smallModel';

/** The list; every reference must lead to the model's path. */
function listed(machine: Machine, more: Partial<typeof fixedPlaces> = {}): FoundModel[] {
  const models = listModels(machine, { ...fixedPlaces, ...more });
  for (const { reference, path } of models) assert.equal(resolveModel(reference, machine).path, path);
  return models;
}

function references(machine: Machine, more: Partial<typeof fixedPlaces> = {}): string[] {
  return listed(machine, more).map(({ reference }) => reference);
}

const config = JSON.stringify({ architectures: ['LlamaForCausalLM'], model_type: 'llama' });

describe('the models on a machine', () => {
  it('are those of every tool, newest first, with size, format and precision', () => {
    withFolder((home) => {
      const cache = join(home, '.cache', 'huggingface', 'hub');
      const gguf = smallGguf();
      const half = smallCheckpoint('BF16');
      putInCache(
        cache,
        'meta-llama/Llama-2-7b-hf',
        { 'config.json': config, 'model.safetensors': half },
        { seconds: 9000 },
      );
      putInOllama(
        join(home, '.ollama', 'models'),
        'registry.ollama.ai/library/llama2/7b',
        smallGguf({ a: true }),
        {
          fileType: 'Q4_0',
          seconds: 8000,
        },
      );
      put(
        join(home, '.lmstudio', 'models', 'TheBloke', 'Llama-2-7B-GGUF', 'llama-2-7b.Q4_K_M.gguf'),
        gguf,
        7000,
      );
      put(
        join(home, '.cache', 'llama.cpp', 'ggml-org_gemma-3-1b-it-GGUF_gemma-3-1b-it-Q8_0.gguf'),
        gguf,
        6000,
      );
      put(join(home, '.local', 'share', 'nomic.ai', 'GPT4All', 'orca-mini-3b-gguf2-q4_0.gguf'), gguf, 5000);
      put(
        join(home, 'jan', 'models', 'tinyllama', 'model.gguf'),
        smallGguf({ 'general.file_type': { u32: 18 } }),
        4000,
      );
      const models = listed(machineAt(home));
      assert.deepEqual(
        models.map(({ source, reference, name, format, precision, modified }) => [
          ...[source, reference, name, format, precision, modified / 1000],
        ]),
        [
          ...[
            [
              'hf',
              'hf:meta-llama/Llama-2-7b-hf@main',
              'meta-llama/Llama-2-7b-hf',
              'safetensors',
              'BF16',
              9000,
            ],
          ],
          ...[['ollama', 'ollama:llama2:7b', 'llama2:7b', 'GGUF', 'Q4_0', 8000]],
          [
            ...['lmstudio', 'lmstudio:TheBloke/Llama-2-7B-GGUF/llama-2-7b.Q4_K_M.gguf', 'llama-2-7b.Q4_K_M'],
            ...['GGUF', 'Q4_K_M', 7000],
          ],
          [
            ...['llamacpp', 'llamacpp:ggml-org_gemma-3-1b-it-GGUF_gemma-3-1b-it-Q8_0.gguf'],
            ...['ggml-org_gemma-3-1b-it-GGUF_gemma-3-1b-it-Q8_0', 'GGUF', 'Q8_0', 6000],
          ],
          ...[
            [
              'gpt4all',
              'gpt4all:orca-mini-3b-gguf2-q4_0.gguf',
              'orca-mini-3b-gguf2-q4_0',
              'GGUF',
              'Q4_0',
              5000,
            ],
          ],
          ...[['jan', 'jan:tinyllama/model.gguf', 'tinyllama', 'GGUF', 'Q6_K', 4000]],
        ],
      );
      // Behind links, the size is that of the file.
      assert.deepEqual([models[0]?.bytes, models[2]?.bytes], [half.length, gguf.length]);
      for (const { path, reference } of models) {
        const opened = new Model(path);
        assert.equal(opened.unembedding.head.vocabSize, 3, reference);
        opened.close();
      }
    });
  });

  it('are found where environment variables and the system put them', () => {
    withFolder((home) => {
      const gguf = smallGguf();
      const at = (...parts: string[]): string => join(home, ...parts);
      const one = { 'model.safetensors': smallCheckpoint() };
      const expect = (machine: Machine, reference: string): void => {
        assert.deepEqual(references(machine), [reference]);
        rmSync(home, { recursive: true });
        mkdirSync(home);
      };
      putInCache(at('a'), 'gpt2', one);
      expect(machineAt(home, 'linux', { HF_HUB_CACHE: at('a'), HF_HOME: at('none') }), 'hf:gpt2@main');
      putInCache(at('b', 'hub'), 'a/b--c', one);
      expect(machineAt(home, 'linux', { HF_HOME: at('b') }), 'hf:a/b--c@main');
      putInCache(at('b', 'hub'), 'a/b', one);
      expect(machineAt(home, 'linux', { HF_HOME: '~/b' }), 'hf:a/b@main');
      putInCache(at('x', 'huggingface', 'hub'), 'a/b', one);
      expect(machineAt(home, 'linux', { XDG_CACHE_HOME: at('x') }), 'hf:a/b@main');
      putInCache(at('.cache', 'huggingface', 'hub'), 'a/b', one);
      expect(machineAt(home, 'win32'), 'hf:a/b@main');
      putInOllama(at('o'), 'registry.ollama.ai/user/llama2/7b', gguf);
      expect(machineAt(home, 'linux', { OLLAMA_MODELS: at('o') }), 'ollama:user/llama2:7b');
      putInOllama(at('.ollama', 'models'), 'hf.co/TheBloke/Llama-2-7B-GGUF/Q4_K_M', gguf);
      expect(machineAt(home, 'darwin'), 'ollama:hf.co/TheBloke/Llama-2-7B-GGUF:Q4_K_M');
      put(at('.cache', 'lm-studio', 'models', 'p', 'n', 'a.gguf'), gguf);
      expect(machineAt(home), 'lmstudio:p/n/a.gguf');
      put(at('.lmstudio-home-pointer'), `${at('studio')}\n`);
      put(at('studio', 'settings.json'), JSON.stringify({ downloadsFolder: at('big disk') }));
      put(at('big disk', 'p', 'n', 'a.gguf'), gguf);
      expect(machineAt(home), 'lmstudio:p/n/a.gguf');
      put(at('l', 'a.gguf'), gguf);
      expect(machineAt(home, 'linux', { LLAMA_CACHE: at('l') }), 'llamacpp:a.gguf');
      put(at('Library', 'Caches', 'llama.cpp', 'a.gguf'), gguf);
      expect(machineAt(home, 'darwin'), 'llamacpp:a.gguf');
      put(at('Local', 'llama.cpp', 'a.gguf'), gguf);
      expect(machineAt(home, 'win32', { LOCALAPPDATA: at('Local') }), 'llamacpp:a.gguf');
      put(at('AppData', 'Local', 'nomic.ai', 'GPT4All', 'a.gguf'), gguf);
      expect(machineAt(home, 'win32'), 'gpt4all:a.gguf');
      put(at('Library', 'Application Support', 'nomic.ai', 'GPT4All', 'a.gguf'), gguf);
      expect(machineAt(home, 'darwin'), 'gpt4all:a.gguf');
      put(at('AppData', 'Roaming', 'Jan', 'data', 'llamacpp', 'models', 'org', 'm', 'model.gguf'), gguf);
      expect(machineAt(home, 'win32'), 'jan:org/m/model.gguf');
    });
  });

  it('in the Hugging Face cache: what revisions point to, each commit once, and snapshots if no revision is left', () => {
    withFolder((home) => {
      const cache = join(home, '.cache', 'huggingface', 'hub');
      const files = { 'config.json': config, 'model.safetensors': smallCheckpoint() };
      const main = putInCache(cache, 'a/b', files);
      const tag = putInCache(cache, 'a/b', files, { revision: 'v1/beta' });
      const repository = join(cache, 'models--a--b');
      // Another name of the commit of main, one that was removed, and an older commit that nothing points to.
      put(join(repository, 'refs', 'alias'), main.slice(-40));
      put(join(repository, 'refs', 'gone'), 'f'.repeat(40));
      put(join(repository, 'snapshots', 'e'.repeat(40), 'model.safetensors'), smallCheckpoint());
      const machine = machineAt(home);
      assert.deepEqual(references(machine).sort(), ['hf:a/b@main', 'hf:a/b@v1/beta']);
      const path = (text: string): string => resolveModel(text, machine).path;
      assert.equal(path('hf:a/b'), main);
      assert.equal(path('hf:a/b@alias'), main);
      assert.equal(path(`hf:a/b@${tag.slice(-40)}`), tag);
      assert.equal(path('hf:a/b@v1/beta/model.safetensors'), join(tag, 'model.safetensors'));
      assert.equal(
        path('hf:a\\b@main\\model.safetensors'.replace('a\\b', 'a/b')),
        join(main, 'model.safetensors'),
      );
      assert.equal(new Model(path('hf:a/b')).folder.name, 'b');
      rmSync(join(repository, 'refs'), { recursive: true });
      assert.equal(references(machine).length, 3);
    });
  });

  it('in one repository: a folder for ONNX files or a checkpoint, and each GGUF file', () => {
    withFolder((home) => {
      const cache = join(home, '.cache', 'huggingface', 'hub');
      const gguf = smallGguf();
      putInCache(cache, 'a/quantized', {
        'x-Q4_K_M.gguf': gguf,
        'x-Q8_0.gguf': smallGguf({ b: true }),
        'big/x-BF16-00001-of-00002.gguf': smallGguf({ c: true }),
        'big/x-BF16-00002-of-00002.gguf': smallGguf({ d: true }),
        'mmproj-F16.gguf': smallGguf({ e: true }),
      });
      const shards = {
        'model-00001-of-00002.safetensors': smallCheckpoint('F16', 'model.embed_tokens.weight'),
        'model-00002-of-00002.safetensors': smallCheckpoint('BF16'),
      };
      const map = {
        'model.embed_tokens.weight': Object.keys(shards)[0],
        'lm_head.weight': Object.keys(shards)[1],
      };
      const index = JSON.stringify({ weight_map: map });
      putInCache(cache, 'a/sharded', {
        'config.json': config,
        ...shards,
        'model.safetensors.index.json': index,
      });
      const models = listed(machineAt(home));
      assert.deepEqual(models.map(({ reference, name, precision }) => [reference, name, precision]).sort(), [
        ['hf:a/quantized@main/big/x-BF16-00001-of-00002.gguf', 'x-BF16', 'BF16'],
        ['hf:a/quantized@main/x-Q4_K_M.gguf', 'x-Q4_K_M', 'Q4_K_M'],
        ['hf:a/quantized@main/x-Q8_0.gguf', 'x-Q8_0', 'Q8_0'],
        ['hf:a/sharded@main', 'a/sharded', 'BF16'],
      ]);
      const bytes = Object.values(shards).reduce((sum, { length }) => sum + length, 0);
      assert.equal(models.find(({ format }) => format === 'safetensors')?.bytes, bytes);
      assert.equal(models.find(({ name }) => name === 'x-BF16')?.bytes, 2 * smallGguf({ c: true }).length);
    });
  });

  it('that are no language models, incomplete or damaged are left out, whatever else is there', () => {
    withFolder((home) => {
      const cache = join(home, '.cache', 'huggingface', 'hub');
      const ollama = join(home, '.ollama', 'models');
      const manifests = join(ollama, 'manifests', 'registry.ollama.ai', 'library');
      const weights = { 'model.safetensors': smallCheckpoint() };
      const architecture = (name: string): string => JSON.stringify({ architectures: [name] });
      putInCache(cache, 'a/good', weights);
      putInCache(cache, 'a/bert', { ...weights, 'config.json': architecture('BertModel') });
      putInCache(cache, 'a/clip', { ...weights, 'config.json': architecture('CLIPModel') });
      putInCache(cache, 'a/config', { ...weights, 'config.json': '{' });
      putInCache(cache, 'a/adapter', { 'adapter_model.safetensors': smallCheckpoint() });
      putInCache(cache, 'a/no-weights', { 'config.json': config });
      const index = { weight_map: { 'lm_head.weight': 'model-00001-of-00001.safetensors' } };
      putInCache(cache, 'a/no-shard', { 'model.safetensors.index.json': JSON.stringify(index) });
      const outside = { weight_map: { 'lm_head.weight': '../../../../../../x.safetensors' } };
      putInCache(cache, 'a/outside', { 'model.safetensors.index.json': JSON.stringify(outside) });
      // A ref that leads elsewhere, a link that does, a link to nothing.
      putInCache(cache, 'a/ref', weights);
      put(join(cache, 'models--a--ref', 'refs', 'main'), '../../models--a--good/snapshots');
      rmSync(join(cache, 'models--a--ref', 'snapshots'), { recursive: true });
      const snapshot = putInCache(cache, 'a/link', {});
      symlinkSync(
        put(join(home, 'elsewhere.safetensors'), smallCheckpoint()),
        join(snapshot, 'model.safetensors'),
      );
      const dangling = putInCache(cache, 'a/dangling', {});
      symlinkSync('../../blobs/nothing', join(dangling, 'model.safetensors'));
      symlinkSync('model.gguf', join(dangling, 'model.gguf'));
      putInOllama(
        ollama,
        'registry.ollama.ai/library/nomic-embed-text/latest',
        smallGguf({ 'general.architecture': 'nomic-bert' }),
      );
      putInOllama(ollama, 'registry.ollama.ai/library/cut/latest', smallGguf().subarray(0, 20));
      for (const [name, text] of Object.entries({
        json: '{',
        empty: '{}',
        cloud: JSON.stringify({ layers: [] }),
        digest: JSON.stringify({
          layers: [{ mediaType: 'application/vnd.ollama.image.model', digest: '../../../x' }],
        }),
        list: JSON.stringify({ layers: [null, 3, { mediaType: 'application/vnd.ollama.image.model' }] }),
      }))
        put(join(manifests, name, 'latest'), text);
      const studio = join(home, '.lmstudio', 'models', 'p', 'n');
      put(join(studio, 'mmproj-model-f16.gguf'), smallGguf());
      put(join(studio, 'lora.gguf'), smallGguf({ 'general.type': 'adapter' }));
      put(join(studio, 'split-00001-of-00002.gguf'), smallGguf());
      put(join(studio, 'text.gguf'), 'not a model');
      put(join(studio, 'line\nbreak.gguf'), smallGguf());
      put(join(studio, '\u202egnirts.gguf'), smallGguf());
      mkdirSync(join(studio, 'folder.gguf'));
      symlinkSync('.', join(studio, 'circle'));
      put(join(home, 'jan'), 'a file where a folder is expected');
      const closed = join(home, '.cache', 'llama.cpp');
      mkdirSync(closed, { mode: 0 });
      assert.deepEqual(references(machineAt(home)), ['hf:a/good@main']);
      chmodSync(closed, 0o700);
    });
  });

  it('in folders with very many files or levels are left out, quickly', () => {
    withFolder((home) => {
      const wide = join(home, '.cache', 'llama.cpp');
      mkdirSync(wide, { recursive: true });
      for (let i = 0; i < 5001; i++) writeFileSync(join(wide, `${i}.gguf`), '');
      const deep = join(home, '.lmstudio', 'models', ...'a b c d e f g h i j'.split(' '));
      put(join(deep, 'a.gguf'), smallGguf());
      const studio = join(home, '.lmstudio', 'models');
      put(join(studio, 'p', 'n', 'a.gguf'), smallGguf());
      assert.deepEqual(references(machineAt(home)), ['lmstudio:p/n/a.gguf']);
    });
  });

  it('in workspace folders: a few levels deep, without links out, and none if the caller gives none', () => {
    withFolder((folder) => {
      const [home, work] = [join(folder, 'home'), join(folder, 'work')];
      writeSmallModel(join(work, 'models', 'llama'), someHead(12, 4));
      put(join(work, 'x-Q8_0.gguf'), smallGguf());
      put(join(work, 'node_modules', 'a', 'b.gguf'), smallGguf());
      put(join(work, '.git', 'b.gguf'), smallGguf());
      put(join(work, '1', '2', '3', '4', 'deep.gguf'), smallGguf());
      symlinkSync(put(join(folder, 'secret', 'model.gguf'), smallGguf()), join(work, 'link.gguf'));
      symlinkSync(join(folder, 'secret'), join(work, 'linked'));
      const machine = machineAt(home);
      const workspaceFolders = [work];
      const found = listed(machine, { workspaceFolders });
      assert.deepEqual(
        found.map(({ source, name, reference, format }) => [source, name, reference, format]).sort(),
        [
          ['workspace', 'models/llama', join(work, 'models', 'llama'), 'ONNX'],
          ['workspace', 'x-Q8_0', join(work, 'x-Q8_0.gguf'), 'GGUF'],
        ],
      );
      assert.deepEqual(listed(machine), []);
    });
  });

  it('that were used recently come first, in that order, each model once', () => {
    withFolder((folder) => {
      const home = join(folder, 'home');
      const models = join(home, '.cache', 'llama.cpp');
      for (const [i, name] of ['a', 'b', 'c'].entries())
        put(join(models, `${name}.gguf`), smallGguf(), 1000 + i);
      const own = put(join(folder, 'own', 'model.gguf'), smallGguf());
      const recent = [
        'llamacpp:a.gguf',
        join(folder, 'gone'),
        own,
        'ollama:gone',
        'hf:../../x',
        'llamacpp:b.gguf',
      ];
      const found = listed(machineAt(home), { recent });
      assert.deepEqual(
        found.map(({ source, reference }) => [source, reference]),
        [
          ['recent', 'llamacpp:a.gguf'],
          ['recent', own],
          ['recent', 'llamacpp:b.gguf'],
          ['llamacpp', 'llamacpp:c.gguf'],
        ],
      );
    });
  });

  it('include finished downloads of the extension', () => {
    withFolder((folder) => {
      const downloads = join(folder, 'models');
      for (const name of ['org--done', 'org--part']) writeSmallModel(join(downloads, name), someHead(12, 4));
      const manifest = { id: 'org/part', revision: 'main', unfinished: ['onnx/model.onnx'], origins: {} };
      put(join(downloads, 'org--part.download.json'), JSON.stringify(manifest));
      const found = listed(machineAt(join(folder, 'home')), { downloads });
      assert.deepEqual(
        found.map(({ source, name, reference }) => [source, name, reference]),
        [['download', 'org/done', join(downloads, 'org--done')]],
      );
    });
  });

  it('are at least fifty', () => {
    withFolder((home) => {
      const vocabulary = Array.from({ length: 1000 }, (_, i) => `token${i}`);
      const large = ggufBytes({
        metadata: {
          'general.architecture': 'llama',
          'general.file_type': { u32: 15 },
          'tokenizer.ggml.tokens': vocabulary,
        },
        tensors: [{ name: 'output.weight', dimensions: [4, 3], type: 0, data: new Uint8Array(48) }],
      });
      for (let i = 0; i < 50; i++) {
        const path = put(join(home, '.lmstudio', 'models', 'p', `n${i}`, 'model.gguf'), large);
        utimesSync(path, 5000 - i, 5000 - i);
      }
      const models = listed(machineAt(home));
      assert.deepEqual(
        models.map(({ reference, precision }) => `${reference} ${precision}`),
        Array.from({ length: 50 }, (_, i) => `lmstudio:p/n${i}/model.gguf Q4_K_M`),
      );
    });
  });
});
