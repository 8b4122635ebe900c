import assert from 'node:assert/strict';
import { ModelError } from '../../../src/errors';
import { HubHost } from '../../../src/model/hub/host';
import { searchModels } from '../../../src/model/hub/search';
import { FakeHub } from '../support/fakeHub';

describe('a search of the Hub', () => {
  let hub: FakeHub;
  before(async () => {
    hub = await FakeHub.start(new Map([['model.safetensors', Buffer.from('x')]]));
    const more = { downloads: 5, gated: false, license: 'llama2' } as const;
    hub.found.push(
      { ...more, id: 'some/tiny-gguf', gated: 'manual', files: ['a.Q4_K_M.gguf', 'README.md'] },
      { ...more, id: 'some/tiny-onnx', files: ['onnx/model.onnx', 'model.safetensors'] },
      { ...more, id: 'some/tiny-pickle', files: ['pytorch_model.bin'] },
      { ...more, id: 'some/tiny-pictures', files: ['model.safetensors'], task: 'image-classification' },
    );
  });
  after(() => hub.close());

  it('finds what works here, with downloads, license and gate', async () => {
    assert.deepEqual(await searchModels(new HubHost(hub.endpoint, {}), 'TINY'), [
      { id: hub.id, downloads: 12_345, license: 'mit', gated: false, formats: ['safetensors'] },
      { id: 'some/tiny-gguf', downloads: 5, license: 'llama2', gated: true, formats: ['GGUF'] },
      {
        id: 'some/tiny-onnx',
        downloads: 5,
        license: 'llama2',
        gated: false,
        formats: ['ONNX', 'safetensors'],
      },
    ]);
    assert.deepEqual(await searchModels(new HubHost(hub.endpoint, {}), 'no such model'), []);
  });

  it('says in one sentence that the Hub cannot be reached', async () => {
    const closed = await FakeHub.start(new Map());
    const offline = new HubHost(closed.endpoint, {});
    await closed.close();
    await assert.rejects(searchModels(offline, 'tiny'), (error) => {
      assert.ok(error instanceof ModelError, String(error));
      assert.match(error.message, /cannot be reached \([A-Z]+\)/u);
      return true;
    });
  });
});
