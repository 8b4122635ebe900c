import assert from 'node:assert/strict';
import {
  hubReference,
  isHubReference,
  parseHubReference,
  withHubFile,
} from '../../../src/protocol/hubReference';
import { fileOf } from '../../../src/protocol/modelChoice';

describe('a reference to a model of the Hub', () => {
  it('names a model, and if need be its revision and file', () => {
    const model = { id: 'meta-llama/Llama-2-7b-hf', revision: 'main', file: null };
    assert.deepEqual(parseHubReference('hub:meta-llama/Llama-2-7b-hf'), model);
    assert.deepEqual(parseHubReference('hub:meta-llama/Llama-2-7b-hf@v1.0'), { ...model, revision: 'v1.0' });
    const file = 'Q4/model.Q4_K_M.gguf';
    assert.deepEqual(parseHubReference(`hub:meta-llama/Llama-2-7b-hf/${file}`), { ...model, file });
    const full = { ...model, revision: 'refs/pr/1', file };
    assert.equal(hubReference(full), `hub:meta-llama/Llama-2-7b-hf@refs%2Fpr%2F1/${file}`);
    assert.deepEqual(parseHubReference(hubReference(full)), full);
    assert.equal(withHubFile(hubReference(model), 'a.gguf'), 'hub:meta-llama/Llama-2-7b-hf@main/a.gguf');
  });

  it('is nothing else', () => {
    for (const text of [
      'hub:',
      'hub:name',
      'hub:a/b@',
      'hub:../b',
      'hub:a/../b@x',
      'hub:a/b@..',
      'hub:a/b@x%2F..',
    ])
      assert.equal(parseHubReference(text), undefined, text);
    assert.ok(!isHubReference('C:\\models'));
    assert.equal(withHubFile('/models/a', 'b.gguf'), '/models/a');
  });

  it('leads to another file of its model, as a folder or another reference does', () => {
    const join = (folder: string, file: string): string => `${folder}/${file}`;
    const other = (model: string): string => fileOf(model, 'b.gguf', join);
    assert.equal(other('hub:org/name@main/a.gguf'), 'hub:org/name@main/b.gguf');
    assert.equal(other('hub:org/name'), 'hub:org/name@main/b.gguf');
    assert.equal(other('hf:org/name@main'), 'hf:org/name@main/b.gguf');
    assert.equal(other('/models/name'), '/models/name/b.gguf');
  });
});
