import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError, EngineClient, EngineError } from '../../../src/engine/engineClient';
import type { DownloadCalls } from '../../../src/protocol/downloadMessages';
import { waitUntil } from '../../../scripts/workbench/waitUntil';
import { FakeHub } from '../support/fakeHub';
import { withFolder } from '../support/fixtures';
import { tinyRepository } from '../support/tinyRepository';
import { root } from '../../support/places';

const processPath = join(root, 'dist', 'download.js');
const file = 'onnx/model_fp16.onnx';

describe('the download process', () => {
  let hub: FakeHub;
  let client: EngineClient<DownloadCalls>;
  let cache: string;
  const printed: string[] = [];
  beforeEach(async () => {
    hub = await FakeHub.start(await tinyRepository());
    cache = await mkdtemp(join(tmpdir(), 'concept-probe-hub-'));
    const environment = () => ({ ...process.env, HF_HUB_CACHE: cache });
    client = new EngineClient(processPath, (text) => printed.push(text), 'engine', environment);
  });
  afterEach(async () => {
    client.dispose();
    await hub.close();
    await rm(cache, { recursive: true });
  });
  const snapshot = () => join(cache, 'models--tiny-org--tiny-model', 'snapshots', hub.commit);
  const source = () => ({ endpoint: hub.endpoint, id: hub.id, revision: 'main' });

  it('needs no ONNX Runtime and no sharp', () => {
    const code = readFileSync(processPath, 'utf8');
    assert.doesNotMatch(code, /require\(["'](onnxruntime|sharp)/u);
    assert.doesNotMatch(readFileSync(join(root, 'dist', 'engine.js'), 'utf8'), /resolve\/\{revision\}/u);
  });

  it('lists precisions, downloads with progress, and returns the folder', () =>
    withFolder(async (models) => {
      const precisions = await client.call('precisions', source());
      assert.deepEqual(
        precisions.map(({ dtype }) => dtype),
        ['fp32', 'fp16', null],
      );
      const messages: string[] = [];
      const onProgress = ({ message }: { message: string }): void => void messages.push(message);
      const done = await client.call('download', { ...source(), models, file }, { onProgress });
      assert.deepEqual(done, { folder: snapshot(), precision: '', note: null });
      assert.equal(messages.at(-1), '2 of 2 MB (model_fp16.onnx)');
      const second = await client.call('download', { ...source(), models, file: 'onnx/model.onnx' });
      assert.equal(second.precision, 'onnx/model.onnx');
      assert.deepEqual(readdirSync(models), []);
      assert.deepEqual(printed, []);
    }));

  it('is cancelled by ending it, lists the unfinished download next time, and resumes or cleans up', () =>
    withFolder(async (models) => {
      const part = join(models, 'tiny-org--tiny-model', `${file}.part`);
      hub.troubles.set(file, { kind: 'stall', after: 300_000 });
      const controller = new AbortController();
      const { signal } = controller;
      const cancelled = client.call('download', { ...source(), models, file }, { signal });
      await waitUntil('the part', () => existsSync(part) && statSync(part).size === 300_000);
      controller.abort();
      await assert.rejects(cancelled, CancelledError);
      const [unfinished, ...others] = await client.call('unfinished', { models });
      assert.deepEqual(others, []);
      assert.deepEqual({ ...unfinished, bytes: 0 }, { id: hub.id, revision: 'main', file, bytes: 0 });
      assert.ok(unfinished!.bytes > 300_000);

      hub.goOn();
      hub.forget();
      await client.call('download', { ...source(), models, file });
      assert.equal(hub.sent.get(file), hub.files.get(file)!.length - 300_000);
      assert.deepEqual(await client.call('unfinished', { models }), []);
    }));

  it('reports errors in one sentence', async () => {
    const says = (part: RegExp) => (error: unknown) => {
      assert.ok(error instanceof EngineError && error.expected, String(error));
      assert.match(error.message, part);
      return true;
    };
    await assert.rejects(client.call('precisions', { ...source(), id: '../x' }), says(/is not a model id/u));
    await assert.rejects(
      client.call('precisions', { ...source(), revision: 'a/../b' }),
      says(/is not a revision/u),
    );
    await assert.rejects(
      client.call('precisions', { ...source(), revision: 'v2' }),
      says(/no revision “v2”/u),
    );
    hub.gate = 403;
    await assert.rejects(client.call('precisions', source()), says(/^tiny-org\/tiny-model is gated/u));
    const gone = source();
    await hub.close();
    await assert.rejects(client.call('precisions', gone), says(/cannot be reached \(ECONNREFUSED\)/u));
  });
});
