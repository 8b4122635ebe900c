import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ModelError } from '../../../src/errors';
import { Model } from '../../../src/model/model';
import { resolveModel } from '../../../src/model/places/resolveModel';
import { machineAt, put, putInCache, putInOllama, smallCheckpoint, smallGguf } from '../support/fakeHome';
import { withFolder } from '../support/fixtures';

describe('a reference to a model', () => {
  it('leads to the file of an Ollama model, whose name is that of the model', () => {
    withFolder((home) => {
      const folder = join(home, '.ollama', 'models');
      const latest = putInOllama(folder, 'registry.ollama.ai/library/llama2/latest', smallGguf());
      const tagged = putInOllama(folder, 'registry.ollama.ai/library/llama2/7b', smallGguf({ a: true }));
      const machine = machineAt(home);
      for (const [text, path, name] of [
        ['ollama:llama2', latest, 'llama2:latest'],
        ['ollama:llama2:7b', tagged, 'llama2:7b'],
        ['ollama:library/llama2:7b', tagged, 'llama2:7b'],
        ['ollama:registry.ollama.ai/library/llama2:7b', tagged, 'llama2:7b'],
      ] as const) {
        assert.deepEqual(resolveModel(text, machine), { path, name });
        const model = new Model(path, null, name);
        assert.equal(model.folder.name, name);
        assert.match(model.gguf.first.source.label, new RegExp(`^${name}/sha256-`, 'u'));
        model.close();
      }
    });
  });

  it('that is unknown, or leads out of its place, is refused in one sentence', () => {
    withFolder((home) => {
      put(join(home, '.lmstudio', 'secret.gguf'), smallGguf());
      put(join(home, '.cache', 'huggingface', 'hub', 'secret.gguf'), smallGguf());
      putInCache(join(home, '.cache', 'huggingface', 'hub'), 'a/b', {
        'model.safetensors': smallCheckpoint(),
      });
      const machine = machineAt(home);
      for (const text of [
        'ollama:foo',
        'ollama:',
        'ollama:../../../../x:y',
        'ollama:a/b/c/d:e',
        'ollama:a:b:c',
        'lmstudio:../secret.gguf',
        'lmstudio:..\\secret.gguf',
        'lmstudio:p/./n',
        'llamacpp:',
        'hf:a/c',
        'hf:a/b@other',
        'hf:a/b@main/other.gguf',
        'hf:a/b@main/../../../../secret.gguf',
        'hf:../secret.gguf',
        'hf:',
        'jan:x\0y',
      ])
        assert.throws(
          () => resolveModel(text, machine),
          (error) => {
            assert.ok(error instanceof ModelError, text);
            assert.match(
              error.message,
              /^There is no model \S.* on this machine; “concept-probe models” lists those that are there\.$/u,
            );
            return true;
          },
        );
    });
  });

  it('is distinguished from paths', () => {
    const machine = machineAt('/nowhere');
    for (const text of ['/a/b', 'C:\\models\\llama', './hf:a/b', 'models', 'other:thing', 'hf'])
      assert.deepEqual(resolveModel(text, machine), { path: text });
  });
});
