import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CancelledError, EngineClient, EngineError } from '../../../src/engine/engineClient';
import { defaultTokenRule } from '../../../src/concepts/tokenRule';
import { defaultProbeSettings } from '../../../src/protocol/probeResult';
import { withFolder } from '../support/fixtures';
import { inRoot } from '../../support/places';

const enginePath = inRoot('dist', 'engine.js');
const kingQueen = {
  name: 'royal',
  pairs: [
    { base: 'king', target: 'queen' },
    { base: 'man', target: 'woman' },
  ],
};

describe('the engine process', () => {
  let client: EngineClient;
  beforeEach(() => {
    client = new EngineClient(enginePath, () => undefined);
  });
  afterEach(() => {
    client.dispose();
  });
  const request = {
    ...{ model: null, concepts: [kingQueen], seed: 3 },
    ...{ tokens: defaultTokenRule, settings: defaultProbeSettings },
  };
  const probe = (signal?: AbortSignal) => client.call('probe', request, signal ? { signal } : {});

  it('answers with typed arrays and reports progress', async () => {
    const messages: string[] = [];
    const onProgress = ({ message }: { message: string }): void => void messages.push(message);
    const result = await client.call('probe', request, { onProgress });
    assert.equal(result.seed, 3);
    assert.ok(result.concepts[0]!.euclidean.leaveOneOut.cosines instanceof Float64Array);
    assert.ok(messages.includes('Comparing the pairs of royal'));
  });

  it('answers any number of calls, each with its own reply', async () => {
    const words = ['king', 'queen', 'man', 'woman'];
    const cuts = await Promise.all(
      words.map((word) => client.call('tokens', { model: null, words: [word], leadingSpace: true })),
    );
    assert.deepEqual(
      cuts.map(([cut]) => cut!.word),
      words,
    );
  });

  it('reports the sentence if a model cannot be read, and keeps running', async () => {
    await assert.rejects(client.call('details', { model: '/nowhere' }), (error) => {
      assert.ok(error instanceof EngineError && error.expected);
      assert.match(error.message, /^There is no model folder \/nowhere;/u);
      return true;
    });
    assert.equal((await probe()).concepts.length, 1);
  });

  it('says which model it opens, once, and when it is open', async () => {
    const openings: (string | null)[] = [];
    client.onOpening = (model) => openings.push(model);
    await probe();
    assert.deepEqual(openings, ['stories15M', null]);
    await probe();
    assert.equal(openings.length, 2, 'it is open now');
    await assert.rejects(client.call('details', { model: '/nowhere/Llama' }), EngineError);
    assert.deepEqual(openings.slice(2), ['Llama', null]);
  });

  it('a model that never opens is given up with its process, and all calls with it', async () => {
    const hangs = `process.on('message', () => {
      process.send({ kind: 'opening', model: 'Llama' });
      for (;;);
    });`;
    await withEngine(hangs, async (stuck) => {
      const openings: (string | null)[] = [];
      const begun = new Promise<void>((resolve) => {
        stuck.onOpening = (model) => {
          openings.push(model);
          resolve();
        };
      });
      const calls = [1, 2].map(() => stuck.call('details', { model: null }));
      await begun;
      stuck.cancelAll('Cancelled opening Llama.');
      for (const call of calls)
        await assert.rejects(call, { name: 'CancelledError', message: 'Cancelled opening Llama.' });
      assert.deepEqual(openings, ['Llama', null]);
      const next = stuck.call('details', { model: null });
      next.catch(() => undefined);
      await until(() => openings.length === 3);
    });
  });

  it('a model is open once the engine says how far it has come', async () => {
    const works = `process.on('message', ({ id }) => {
      const progress = (fraction) => process.send({ id, kind: 'progress', progress: { message: '', fraction } });
      process.send({ kind: 'opening', model: 'Llama' });
      progress(null);
      progress(0.5);
    });`;
    await withEngine(works, async (working) => {
      const seen: unknown[] = [];
      working.onOpening = (model) => seen.push(model);
      const onProgress = ({ fraction }: { fraction: number | null }) => seen.push(fraction);
      working.call('details', { model: null }, { onProgress }).catch(() => undefined);
      await until(() => seen.length === 4);
      assert.deepEqual(seen, ['Llama', null, null, 0.5]);
    });
  });

  it('cancelling rejects at once, and the next call starts a new process', async () => {
    const controller = new AbortController();
    const cancelled = probe(controller.signal);
    controller.abort();
    await assert.rejects(cancelled, CancelledError);
    assert.equal((await probe()).concepts.length, 1);
    await assert.rejects(probe(AbortSignal.abort()), CancelledError);
  });

  it('cancelling one call moves the other calls to a new process', async () => {
    const controller = new AbortController();
    const cancelled = probe(controller.signal);
    const beside = probe();
    controller.abort();
    await assert.rejects(cancelled, CancelledError);
    assert.equal((await beside).concepts.length, 1);
  });

  it('rejects pending calls when the client is disposed', async () => {
    const pending = probe();
    client.dispose();
    await assert.rejects(pending, CancelledError);
  });

  it('rejects pending calls when the process dies, and starts another', async () => {
    await withEngine('process.on("message", () => process.exit(3));', async (broken) => {
      await assert.rejects(broken.call('details', { model: null }), {
        name: 'EngineError',
        message: 'The engine ended unexpectedly (exit code 3); try again.',
      });
      await assert.rejects(broken.call('details', { model: null }), EngineError);
    });
  });

  it('keeps the output of the process for the log', async () => {
    const lines: string[] = [];
    await withEngine(
      'console.error("why"); process.on("message", () => process.exit(1));',
      async (broken) => {
        await assert.rejects(broken.call('details', { model: null }), EngineError);
      },
      (text) => lines.push(text),
    );
    assert.deepEqual(lines, ['why']);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}

/** Runs `body` with a client of an engine that consists of `code`. */
async function withEngine(
  code: string,
  body: (client: EngineClient) => Promise<void>,
  log: (text: string) => void = () => undefined,
): Promise<void> {
  await withFolder(async (folder) => {
    const path = join(folder, 'engine.js');
    writeFileSync(path, code);
    const client = new EngineClient(path, log);
    await body(client);
    client.dispose();
  });
}
