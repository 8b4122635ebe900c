import { scanCacheDir } from '@huggingface/hub';
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { downloadModel } from '../../../src/model/hub/download';
import { HubHost } from '../../../src/model/hub/host';
import { HubCache } from '../../../src/model/hub/hubCache';
import { HubManifest } from '../../../src/model/hub/manifest';
import { Model } from '../../../src/model/model';
import { FakeHub } from '../support/fakeHub';
import { withFolder } from '../support/fixtures';
import { tinyRepository } from '../support/tinyRepository';
import { safetensorsBytes } from '../support/writeSafetensors';

const [fp16, fp32] = ['onnx/model_fp16.onnx', 'onnx/model.onnx'];
const index = 'model.safetensors.index.json';
const shard = 'model-00001-of-00001.safetensors';

describe('a download in the Hugging Face cache', () => {
  let hub: FakeHub;
  beforeEach(async () => {
    hub = await FakeHub.start(await tinyRepository());
  });
  afterEach(() => hub.close());

  const download = (folder: string, weights: string, revision = 'main') =>
    downloadModel(
      {
        ...{ host: new HubHost(hub.endpoint, {}), id: hub.id, revision, weights, stallMilliseconds: 300 },
        models: join(folder, 'models'),
        cacheOf: (repository) => new HubCache(repository, join(folder, 'hub')),
      },
      () => undefined,
    );
  const repositoryIn = (folder: string) => join(folder, 'hub', 'models--tiny-org--tiny-model');

  it('has the layout that the official library reads, with links into the blobs', () =>
    withFolder(async (folder) => {
      const done = await download(folder, fp16);
      const repository = repositoryIn(folder);
      assert.deepEqual(done, {
        folder: join(repository, 'snapshots', hub.commit),
        hasOthers: false,
        missing: [],
      });
      assert.equal(readFileSync(join(repository, 'refs', 'main'), 'utf8'), hub.commit);
      const target = readlinkSync(join(done.folder, fp16));
      assert.match(target, /^\.\.\/\.\.\/\.\.\/blobs\/[\da-f]{64}$/u);
      assert.ok(readFileSync(join(done.folder, fp16)).equals(hub.files.get(fp16)!));
      const { repos, warnings } = await scanCacheDir(join(folder, 'hub'));
      assert.deepEqual(warnings, []);
      const [{ id, revisions }] = repos as [(typeof repos)[number]];
      assert.deepEqual(
        [id.name, revisions[0]!.commitOid, revisions[0]!.refs],
        [hub.id, hub.commit, ['main']],
      );
      assert.deepEqual(readdirSync(join(folder, 'models')), []);
      const model = new Model(done.folder);
      assert.equal(model.folder.name, 'tiny-model');
      assert.ok(model.tokenizer.tokens('king').ids.length > 0);
      assert.ok(model.unembedding.rows([1]).data.length > 0);
      model.close();
    }));

  it('shares what is there already, whoever put it there', () =>
    withFolder(async (folder) => {
      const first = await download(folder, fp16);
      hub.forget();
      const again = await download(folder, fp16, 'v1');
      assert.deepEqual([again, hub.sent.size], [first, 0]);
      assert.equal(readFileSync(join(repositoryIn(folder), 'refs', 'v1'), 'utf8'), hub.commit);
      const more = await download(folder, fp32);
      assert.ok(more.hasOthers);
      assert.deepEqual([...hub.sent.keys()], [fp32, 'onnx/model.onnx.data']);
    }));

  it('replaces a file that is not complete', () =>
    withFolder(async (folder) => {
      const { folder: snapshot } = await download(folder, fp16);
      writeFileSync(join(snapshot, fp16), 'cut');
      await download(folder, fp16);
      assert.ok(readFileSync(join(snapshot, fp16)).equals(hub.files.get(fp16)!));
    }));

  it('resumes what was interrupted, and has nothing before it is complete', () =>
    withFolder(async (folder) => {
      hub.troubles.set(fp16, { kind: 'stall', after: 100_000 });
      await assert.rejects(download(folder, fp16), /interrupted/u);
      assert.ok(!existsSync(repositoryIn(folder)));
      assert.equal(HubManifest.unfinishedIn(join(folder, 'models')).length, 1);
      hub.goOn();
      hub.forget();
      await download(folder, fp16);
      assert.equal(hub.sent.get(fp16), hub.files.get(fp16)!.length - 100_000);
    }));

  it('keeps a complete model of an earlier version where it is, and downloads nothing again', () =>
    withFolder(async (folder) => {
      const older = { ...{ host: new HubHost(hub.endpoint, {}), id: hub.id }, revision: 'main' };
      const models = join(folder, 'models');
      const before = await downloadModel(
        { ...older, models, weights: fp16, stallMilliseconds: 300 },
        () => undefined,
      );
      hub.forget();
      const { folder: snapshot } = await download(folder, fp16);
      assert.equal(hub.sent.size, 0);
      for (const place of [before.folder, snapshot])
        assert.ok(readFileSync(join(place, fp16)).equals(hub.files.get(fp16)!));
      assert.equal(statSync(join(before.folder, fp16)).nlink, 2);
    }));

  it('includes the shards of an index, and a GGUF file needs nothing else', () =>
    withFolder(async (folder) => {
      const tensor = { dtype: 'F32', shape: [2, 2], data: new Uint8Array(16) };
      hub.files.set(shard, safetensorsBytes({ 'lm_head.weight': tensor }));
      hub.files.set(index, Buffer.from(JSON.stringify({ weight_map: { 'lm_head.weight': shard } })));
      hub.files.set('tiny.gguf', Buffer.from('GGUF'));
      const { folder: snapshot } = await download(folder, index);
      const model = new Model(join(snapshot, index));
      assert.equal(model.unembedding.head.vocabSize, 2);
      model.close();
      hub.files.delete('tokenizer.json');
      assert.deepEqual((await download(folder, 'tiny.gguf')).missing, []);
    }));

  it('says in one sentence that the cache cannot be written', () =>
    withFolder(async (folder) => {
      mkdirSync(join(folder, 'hub'));
      writeFileSync(repositoryIn(folder), 'a file');
      await assert.rejects(
        download(folder, fp16),
        /The Hugging Face cache .* cannot be written \([A-Z]+\);/u,
      );
    }));
});
