import { ModelError } from '../../../src/errors';
import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { downloadModel, type DownloadJob, type HubProgress } from '../../../src/model/hub/download';
import { bytesHere, cleanUpDownload } from '../../../src/model/hub/folder';
import { HubHost } from '../../../src/model/hub/host';
import { HubManifest } from '../../../src/model/hub/manifest';
import { precisionsOf } from '../../../src/model/hub/precisions';
import { unreachable } from '../../../src/model/hub/refusal';
import { openRepository } from '../../../src/model/hub/repository';
import { Model } from '../../../src/model/model';
import { assertClose } from '../support/assertClose';
import { FakeHub } from '../support/fakeHub';
import { headFixtures, readNpy, withFolder } from '../support/fixtures';
import { tinyRepository } from '../support/tinyRepository';

const fp16 = 'onnx/model_fp16.onnx';
const fp32 = 'onnx/model.onnx';

describe('a model from the Hub', () => {
  let files: Map<string, Buffer>;
  let hub: FakeHub;
  before(async () => {
    files = await tinyRepository();
  });
  beforeEach(async () => {
    hub = await FakeHub.start(files);
  });
  afterEach(() => hub.close());

  const host = (environment: Record<string, string> = {}) => new HubHost(hub.endpoint, environment);
  const download = (
    models: string,
    onnxFile: string,
    more: Partial<DownloadJob> = {},
    progress: (progress: HubProgress) => void = () => undefined,
  ) =>
    downloadModel(
      {
        host: host(),
        id: hub.id,
        revision: 'main',
        models,
        weights: onnxFile,
        stallMilliseconds: 300,
        ...more,
      },
      progress,
    );
  const precisions = async (revision = 'main', environment = {}) =>
    precisionsOf(host(environment), await openRepository(host(environment), hub.id, revision));
  const says = (part: RegExp) => (error: unknown) => {
    assert.ok(error instanceof ModelError, String(error));
    assert.match(error.message, part);
    assert.match(error.message, /^[^\n]*\.$/u);
    return true;
  };
  const folderIn = (models: string, name = 'tiny-org--tiny-model') => join(models, name);
  const partOf = (models: string, path: string) => join(folderIn(models), `${path}.part`);

  it('lists the available precisions, by transformers.js’ names, with their sizes', async () => {
    const size = (path: string) => files.get(path)!.length;
    assert.deepEqual(await precisions(), [
      { dtype: 'fp32', file: fp32, bytes: size(fp32) + size('onnx/model.onnx.data') },
      { dtype: 'fp16', file: fp16, bytes: size(fp16) },
      { dtype: null, file: 'onnx/decoder_with_another_name.onnx', bytes: 1 },
    ]);
    // The list and config.json: transformers.js finds everything else in the list.
    assert.equal(hub.requests.length, 2);
  });

  it('becomes an ordinary model folder, without unnecessary files', () =>
    withFolder(async (models) => {
      const seen: HubProgress[] = [];
      const result = await download(models, fp16, {}, (progress) => seen.push(progress));
      assert.deepEqual(result, { folder: folderIn(models), hasOthers: false, missing: [] });
      assert.deepEqual(readdirSync(result.folder).sort(), [
        'config.json',
        'onnx',
        'tokenizer.json',
        'tokenizer_config.json',
      ]);
      assert.deepEqual(readdirSync(join(result.folder, 'onnx')), ['model_fp16.onnx']);
      assert.ok(readFileSync(join(result.folder, fp16)).equals(files.get(fp16)!));
      assert.equal(seen.at(-1)!.bytes, seen.at(-1)!.total);
      assert.equal(seen.at(-1)!.total, bytesHere(new HubManifest(models, hub.id, 'main')));
      assert.deepEqual(HubManifest.unfinishedIn(models), []);
      checkHead(result.folder, 'tied-fp16');
    }));

  it('includes external data, and adds a second precision next to the first', () =>
    withFolder(async (models) => {
      await download(models, fp16);
      hub.forget();
      const { folder, hasOthers } = await download(models, fp32);
      assert.ok(hasOthers);
      assert.deepEqual([...hub.sent.keys()], [fp32, 'onnx/model.onnx.data']);
      checkHead(join(folder, fp32), 'untied-fp32-external');
    }));

  it('keeps revisions apart', () =>
    withFolder(async (models) => {
      const { folder } = await download(models, fp16, { revision: 'v1' });
      assert.equal(folder, folderIn(models, 'tiny-org--tiny-model@v1'));
    }));

  it('includes data that only the ONNX file names, and says what the repository lacks', () =>
    withFolder(async (models) => {
      const named = files.get(fp32)!.toString('latin1').replaceAll('model.onnx.data', 'other-name.data');
      hub.files.set(fp32, Buffer.from(named, 'latin1'));
      await assert.rejects(
        download(models, fp32),
        says(/keeps its weights in onnx\/other-name\.data, which/u),
      );
      hub.files.set('onnx/other-name.data', files.get('onnx/model.onnx.data')!);
      hub.files.delete('tokenizer.json');
      const { folder, missing } = await download(models, fp32);
      assert.ok(existsSync(join(folder, 'onnx/other-name.data')));
      assert.deepEqual(missing, ['tokenizer.json']);
    }));

  it('resumes automatically after a broken connection', () =>
    withFolder(async (models) => {
      hub.troubles.set(fp16, { kind: 'break', after: 200_000 });
      await download(models, fp16);
      const ranges = hub.requests.filter(({ isStorage }) => isStorage).map(({ range }) => range);
      assert.equal(ranges[0], null);
      const starts = ranges.slice(1).map((range) => Number(/^bytes=(\d+)-$/u.exec(range!)![1]));
      // A slow reader loses the end of what was sent before the connection broke.
      let last = 0;
      for (const start of starts) {
        assert.ok(start > last && start <= last + 200_000, `${start} after ${last}`);
        last = start;
      }
      assert.ok(starts.length >= 2);
    }));

  it('abandons a silent connection, and the next run downloads only what is missing', () =>
    withFolder(async (models) => {
      hub.troubles.set(fp16, { kind: 'stall', after: 300_000 });
      await assert.rejects(
        download(models, fp16, { stallMilliseconds: 200 }),
        says(
          /The download of onnx\/model_fp16\.onnx was interrupted \(no data for 0 s\); run the command again to resume/u,
        ),
      );
      assert.equal(statSync(partOf(models, fp16)).size, 300_000);
      assert.deepEqual(
        HubManifest.unfinishedIn(models).map(({ unfinished }) => unfinished),
        [[fp16]],
      );
      hub.goOn();
      hub.forget();
      await download(models, fp16);
      assert.deepEqual([...hub.sent], [[fp16, files.get(fp16)!.length - 300_000]]);
      assert.ok(!existsSync(partOf(models, fp16)));
    }));

  it('does not touch a folder that another window is downloading to', () =>
    withFolder(async (models) => {
      hub.troubles.set(fp16, { kind: 'stall', after: 100_000 });
      const first = download(models, fp16, { stallMilliseconds: 5000 });
      while (hub.stalled === 0) await sleep(10);
      await assert.rejects(download(models, fp16), says(/is already being downloaded by another window/u));
      assert.throws(
        () => {
          cleanUpDownload(new HubManifest(models, hub.id, 'main'));
        },
        says(/another window/u),
      );
      hub.goOn();
      await first;
      // A lock that a killed process left behind does not block others.
      writeFileSync(`${folderIn(models)}.lock`, '999999999');
      await download(models, fp32);
      assert.ok(!existsSync(`${folderIn(models)}.lock`));
    }));

  it('starts over if the file has changed in the meantime', () =>
    withFolder(async (models) => {
      await interrupted(models);
      const changed = Buffer.from(files.get(fp16)!);
      changed[changed.length - 1]! ^= 1;
      hub.files.set(fp16, changed);
      hub.forget();
      const { folder } = await download(models, fp16);
      // More if the connection was slow and was abandoned.
      assert.ok(hub.sent.get(fp16)! >= changed.length);
      assert.ok(readFileSync(join(folder, fp16)).equals(changed));
    }));

  it('does not mistake an old file for a new one of the same size whose download was stopped', () =>
    withFolder(async (models) => {
      await download(models, fp16);
      const changed = Buffer.from(files.get(fp16)!);
      changed[1000]! ^= 1;
      hub.files.set(fp16, changed);
      await interrupted(models);
      const { folder } = await download(models, fp16);
      assert.ok(readFileSync(join(folder, fp16)).equals(changed));
    }));

  it('downloads nothing twice', () =>
    withFolder(async (models) => {
      await download(models, fp16);
      hub.forget();
      await download(models, fp16);
      assert.equal(hub.requests.length, 1);
    }));

  it('rejects a part that was damaged locally', () =>
    withFolder(async (models) => {
      await interrupted(models);
      writeFileSync(partOf(models, fp16), Buffer.alloc(100_000));
      await assert.rejects(download(models, fp16), says(/was damaged in transfer \(its SHA-256/u));
      await download(models, fp16);
    }));

  it('rejects files that are longer or shorter than listed', () =>
    withFolder(async (models) => {
      hub.lies.set(fp16, 1000);
      await assert.rejects(
        download(models, fp16),
        says(/sends 576842 bytes of onnx\/model_fp16\.onnx instead of the 1000 that it lists/u),
      );
      hub.lies.clear();
      hub.troubles.set(fp16, { kind: 'too many', after: 100 });
      await assert.rejects(
        download(models, fp16),
        says(/sends more of onnx\/model_fp16\.onnx than the 576842 bytes/u),
      );
      assert.ok(!existsSync(partOf(models, fp16)));
    }));

  it('says beforehand that there is too little disk space', () =>
    withFolder(async (models) => {
      hub.lies.set(fp16, 2 ** 52);
      await assert.rejects(
        download(models, fp16),
        says(/^The model needs 4,503,599,630 MB, but the disk of .* has only/u),
      );
      assert.deepEqual(hub.sent.size, 0);
    }));

  for (const name of [
    '../evil.onnx',
    '/evil.onnx',
    'onnx/../../evil.onnx',
    '..\\evil.onnx',
    'C:\\evil.onnx',
    'con.onnx',
    'deep/er/evil.onnx',
  ])
    it(`rejects a file named ${name}`, () =>
      withFolder(async (models) => {
        hub.files.set(name, Buffer.from('evil'));
        assert.ok(!(await precisions()).some(({ file }) => file === name));
        await assert.rejects(
          download(join(models, 'inner'), name),
          says(/is not allowed in a model folder/u),
        );
        assert.deepEqual(readdirSync(models), []);
      }));

  it('rejects external data outside the folder', () =>
    withFolder(async (models) => {
      const named = files.get(fp32)!.toString('latin1').replaceAll('model.onnx.data', '../../../evil.x');
      hub.files.set(fp32, Buffer.from(named, 'latin1'));
      await assert.rejects(download(models, fp32), says(/evil\.x.*is not allowed in a model folder/u));
    }));

  it('says what to do about gated models, and sends a token only to the Hub', () =>
    withFolder(async (models) => {
      hub.gate = 401;
      await assert.rejects(precisions(), says(/gated, private or does not exist; .* HF_TOKEN/u));
      const trusted = { HF_TOKEN: 'hf_secret', HF_ENDPOINT: hub.endpoint };
      await assert.rejects(precisions('main', trusted), says(/The token in HF_TOKEN has no access to /u));
      hub.gate = null;
      hub.forget();
      await download(models, fp16, { host: host(trusted) });
      for (const { authorization, isStorage } of hub.requests)
        assert.equal(authorization, isStorage ? null : 'Bearer hf_secret');
      hub.forget();
      await openRepository(host({ HF_TOKEN: 'hf_secret' }), hub.id, 'main');
      assert.deepEqual(
        hub.requests.map(({ authorization }) => authorization),
        [null],
      );
    }));

  it('distinguishes a missing model, revision and file', () =>
    withFolder(async (models) => {
      await assert.rejects(
        openRepository(host(), 'tiny-org/other', 'main'),
        says(/^There is no model tiny-org\/other /u),
      );
      await assert.rejects(precisions('v2'), says(/has no revision “v2”/u));
      await assert.rejects(download(models, 'onnx/model_q4.onnx'), says(/has no file onnx\/model_q4\.onnx/u));
      for (const path of [fp16, fp32, 'onnx/decoder_with_another_name.onnx']) hub.files.delete(path);
      await assert.rejects(precisions(), says(/has no \.onnx, \.safetensors or \.gguf file/u));
    }));

  it('says in one sentence that the Hub cannot be reached', async () => {
    const closed = hub.endpoint;
    await hub.close();
    await assert.rejects(
      openRepository(new HubHost(closed, {}), hub.id, 'main'),
      says(
        /cannot be reached \(ECONNREFUSED\); check the connection, or copy a model folder to this machine and select it\.$/u,
      ),
    );
    const cause = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' });
    const { message } = unreachable(new TypeError('fetch failed', { cause }), 'The Hub');
    assert.equal(
      message,
      'The Hub cannot be reached (ENOTFOUND); check the connection, or copy a model folder to this machine and select it.',
    );
  });

  it('rejects invalid URLs, and servers that are not a Hub', async () => {
    assert.throws(
      () => new HubHost('ftp://hub.example', {}),
      says(/^The address of the Hub must have the form/u),
    );
    assert.throws(() => new HubHost('https://me:secret@hub.example', {}), says(/must have the form/u));
    assert.equal(
      new HubHost(null, { HF_ENDPOINT: 'https://hub.example/sub/' }).endpoint,
      'https://hub.example/sub',
    );
    assert.equal(new HubHost(null, {}).endpoint, 'https://huggingface.co');
    hub.lies.set(fp16, -1);
    await assert.rejects(precisions(), says(/did not send a valid answer of the Hub/u));
  });

  it('cleans up unfinished files and keeps complete ones', () =>
    withFolder(async (models) => {
      await interrupted(models);
      cleanUpDownload(new HubManifest(models, hub.id, 'main'));
      assert.deepEqual(readdirSync(models), []);
      await download(models, fp32);
      await interrupted(models);
      cleanUpDownload(new HubManifest(models, hub.id, 'main'));
      assert.deepEqual(readdirSync(join(folderIn(models), 'onnx')), ['model.onnx', 'model.onnx.data']);
      assert.deepEqual(HubManifest.unfinishedIn(models), []);
    }));

  it('cleans up only downloaded files, and does not follow links', () =>
    withFolder(async (models) => {
      await interrupted(models);
      const folder = folderIn(models);
      const elsewhere = join(models, 'elsewhere');
      mkdirSync(elsewhere);
      writeFileSync(join(elsewhere, 'config.json'), readFileSync(join(folder, 'config.json')));
      const mine = ['notes.txt', 'onnx/notes.part', 'onnx/model_fp16.onnx.notes', 'deep/er/file'];
      mkdirSync(join(folder, 'deep', 'er'), { recursive: true });
      for (const path of mine) writeFileSync(join(folder, path), 'mine');
      writeFileSync(join(folder, 'tokenizer_config.json'), '{"mine": true}');
      rmSync(join(folder, 'config.json'));
      symlinkSync(join(elsewhere, 'config.json'), join(folder, 'config.json'));
      cleanUpDownload(new HubManifest(models, hub.id, 'main'));
      for (const path of mine) assert.equal(readFileSync(join(folder, path), 'utf8'), 'mine');
      assert.deepEqual(readdirSync(join(folder, 'onnx')).sort(), ['model_fp16.onnx.notes', 'notes.part']);
      assert.deepEqual(readdirSync(folder).sort(), [
        'config.json',
        'deep',
        'notes.txt',
        'onnx',
        'tokenizer_config.json',
      ]);
      assert.ok(existsSync(join(elsewhere, 'config.json')));
    }));

  it('cleans up nothing in a folder that is a link', () =>
    withFolder(async (models) => {
      await interrupted(models);
      const moved = join(models, 'moved');
      renameSync(folderIn(models), moved);
      symlinkSync(moved, folderIn(models));
      const before = readdirSync(moved, { recursive: true }).sort();
      cleanUpDownload(new HubManifest(models, hub.id, 'main'));
      assert.deepEqual(readdirSync(moved, { recursive: true }).sort(), before);
    }));

  it('ignores damaged metadata of a download', () =>
    withFolder(async (models) => {
      await interrupted(models);
      writeFileSync(`${folderIn(models)}.download.json`, '{"id":');
      mkdirSync(join(models, 'x.download.json'));
      assert.deepEqual(HubManifest.unfinishedIn(models), []);
      hub.forget();
      await download(models, fp16);
      assert.equal(hub.sent.get(fp16), files.get(fp16)!.length);
    }));

  /** Downloads a part of the float16 file. */
  async function interrupted(models: string): Promise<void> {
    hub.troubles.set(fp16, { kind: 'stall', after: 100_000 });
    await assert.rejects(download(models, fp16, { stallMilliseconds: 200 }), ModelError);
    hub.goOn();
  }
});

function checkHead(path: string, fixture: string): void {
  const model = new Model(path);
  const truth = readNpy(join(headFixtures, fixture, 'unembedding.npy'));
  const ids = Array.from({ length: truth.rows }, (_, id) => id);
  assertClose(model.unembedding.rows(ids).data, truth.data, 1e-6);
  assert.ok(model.tokenizer.tokens('king').ids.length > 0);
  model.close();
}
