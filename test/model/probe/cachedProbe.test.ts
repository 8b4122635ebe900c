import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngineMethods } from '../../../src/engine/engineMethods';
import type { ReportProgress } from '../../../src/protocol/progress';
import { cacheFolder } from '../../../src/model/algebra/cacheFolder';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { smallRule, writeSmallModel } from '../support/smallModel';
import { quickSettings, someConcepts } from '../support/smallProbe';
import { someHead } from '../support/someHead';

describe('a probe with the cache on disk', () => {
  const head = someHead(300, 20);
  const concepts = someConcepts(300, [6, 4], 1);
  const usual = process.env['CONCEPT_PROBE_CACHE'];
  let folder: string;
  let cache: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'concept-probe-test-'));
    cache = join(folder, 'cache');
    process.env['CONCEPT_PROBE_CACHE'] = cache;
    writeSmallModel(join(folder, 'model'), head);
  });
  afterEach(() => {
    process.env['CONCEPT_PROBE_CACHE'] = usual;
    rmSync(folder, { recursive: true });
  });

  /** With a new engine, as in a new process. */
  const probe = (
    { ridge = null, model = join(folder, 'model') }: { ridge?: number | null; model?: string } = {},
    progress: ReportProgress = () => undefined,
  ): Promise<ProbeResult> =>
    createEngineMethods('no built-in models here').probe(
      { model, concepts, seed: 0, tokens: smallRule, settings: { ...quickSettings, ridge } },
      progress,
    );
  const cached = ({ covariance }: ProbeResult): boolean => covariance!.cached;
  const numbers = ({ concepts, directions }: ProbeResult) => ({ concepts, directions });

  it('reads the covariance from it the second time, and gives the same numbers', async () => {
    const first = await probe();
    const messages: string[] = [];
    const second = await probe({}, ({ message }) => messages.push(message));
    assert.deepEqual([cached(first), cached(second)], [false, true]);
    assert.deepEqual(numbers(second), numbers(first));
    assert.deepEqual({ ...second.covariance, cached: false }, first.covariance);
    assert.ok(
      messages.every((message) => !message.startsWith('Computing the covariance')),
      messages.join(),
    );
    assert.equal(readdirSync(cache).length, 1);
  });

  it('computes it again if the file is damaged, and repairs the file', async () => {
    const first = await probe();
    const path = join(cache, readdirSync(cache)[0]!);
    const bytes = readFileSync(path);
    for (const damage of [
      () => {
        writeFileSync(path, bytes.with(bytes.length - 9, bytes.at(-9)! ^ 4));
      },
      () => {
        truncateSync(path, 100);
      },
    ]) {
      damage();
      const again = await probe();
      assert.equal(cached(again), false);
      assert.deepEqual(numbers(again), numbers(first));
      assert.deepEqual(readFileSync(path), bytes);
      assert.equal(cached(await probe()), true);
    }
  });

  it('caches one for every ridge, and for every head', async () => {
    await probe();
    const ridged = await probe({ ridge: 0.1 });
    assert.deepEqual([cached(ridged), ridged.covariance!.ridge], [false, 0.1]);
    writeSmallModel(join(folder, 'other'), { ...head, rows: Array.from(head.rows).reverse() });
    assert.equal(cached(await probe({ model: join(folder, 'other') })), false);
    assert.equal(readdirSync(cache).length, 3);
    assert.equal(cached(await probe({ ridge: 0.1 })), true);
    writeSmallModel(join(folder, 'model'), { ...head, rows: Array.from(head.rows, (value) => -value) });
    assert.equal(cached(await probe()), false);
  });

  it('works without one if its folder cannot be created', async () => {
    const first = await probe();
    writeFileSync(join(folder, 'file'), '');
    process.env['CONCEPT_PROBE_CACHE'] = join(folder, 'file', 'below');
    const second = await probe();
    assert.equal(cached(second), false);
    assert.deepEqual(numbers(second), numbers(first));
  });

  it('reports its contents, and clears them', async () => {
    const methods = createEngineMethods('no built-in models here');
    await probe();
    const info = methods.cache({ clear: false }, () => undefined);
    assert.deepEqual([info.folder, info.files], [cache, 1]);
    assert.deepEqual(
      methods.cache({ clear: true }, () => undefined),
      { ...info, left: 0 },
    );
    assert.deepEqual(readdirSync(cache), []);
    assert.equal(cached(await probe()), false);
  });

  it('reports progress of the pass over the head', async () => {
    const shares: (number | null)[] = [];
    await probe({}, ({ message, fraction }) => {
      if (message === 'Computing the covariance of the whole vocabulary') shares.push(fraction);
    });
    assert.deepEqual([shares[0], shares.at(-1)], [0, 1]);
  });
});

describe('the folder of the cache', () => {
  it('is the one from the environment, or one of the user’s caches', () => {
    const usual = { ...process.env };
    try {
      process.env['CONCEPT_PROBE_CACHE'] = '/somewhere';
      assert.equal(cacheFolder(), '/somewhere');
      delete process.env['CONCEPT_PROBE_CACHE'];
      assert.match(cacheFolder(), /concept-probe/u);
      if (process.platform !== 'linux') return;
      process.env['XDG_CACHE_HOME'] = '/cache';
      assert.ok(cacheFolder().startsWith(join('/cache', 'concept-probe')));
      process.env['XDG_CACHE_HOME'] = 'relative';
      assert.ok(!cacheFolder().includes('relative'));
    } finally {
      process.env['CONCEPT_PROBE_CACHE'] = usual['CONCEPT_PROBE_CACHE'];
      if (usual['XDG_CACHE_HOME'] === undefined) delete process.env['XDG_CACHE_HOME'];
      else process.env['XDG_CACHE_HOME'] = usual['XDG_CACHE_HOME'];
    }
  });

  it('is never the user’s own in a test', () => {
    assert.match(process.env['CONCEPT_PROBE_CACHE'] ?? '', /concept-probe-test-cache-/u);
    assert.equal(cacheFolder(), process.env['CONCEPT_PROBE_CACHE']);
  });
});
