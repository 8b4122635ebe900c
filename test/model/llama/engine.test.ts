import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CancelledError, EngineClient, EngineError } from '../../../src/engine/engineClient';
import { inRoot } from '../../support/places';
import { builtInGguf } from '../support/builtInGguf';
import { builtInModel } from '../support/builtInModel';
import { printed } from '../support/cli';
import { readNpy, withFolder } from '../support/fixtures';
import { needsLlama } from '../support/llamaBuild';

type CallOptions = Parameters<EngineClient['call']>[2];

/** Enough to be cancelled while it runs. */
const long = { text: 'There was a big dog. '.repeat(60) };

describe('the engine process with a GGUF model', () => {
  let client: EngineClient;
  let model: string;
  before(async function () {
    needsLlama(this);
    model = await builtInGguf();
  });
  beforeEach(() => {
    client = new EngineClient(inRoot('dist', 'engine.js'), () => undefined);
  });
  afterEach(() => {
    client.dispose();
  });
  const embed = (contexts: readonly { text: string }[], options: CallOptions = {}) =>
    client.call('embed', { model, contexts, allPositions: true, threads: 1 }, options);

  it('cancels a running request at once, and the next one starts a new process', async () => {
    const controller = new AbortController();
    const running = new Promise<void>((resolve) => {
      const onProgress = ({ message }: { message: string }): void => {
        if (message.startsWith('Running context 2 ')) resolve();
      };
      const cancelled = embed(Array<typeof long>(200).fill(long), { signal: controller.signal, onProgress });
      void assert.rejects(cancelled, CancelledError);
    });
    await running;
    controller.abort();
    const { hidden, provider } = await embed([{ text: 'The king' }]);
    assert.deepEqual([hidden.rows, hidden.columns, provider], [3, 288, 'cpu']);
  });

  it('rejects a request if its process is killed, and starts another', async () => {
    const messages: string[] = [];
    await client.call('details', { model });
    const pid = enginePid();
    const killed = embed(Array<typeof long>(200).fill(long), {
      onProgress: ({ message }: { message: string }) => {
        if (messages.push(message) === 2) process.kill(pid, 'SIGKILL');
      },
    });
    await assert.rejects(killed, EngineError);
    assert.equal((await embed([{ text: 'The king' }])).hidden.rows, 3);
  });
});

/** The child of this process that runs the engine. */
function enginePid(): number {
  const { stdout } = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' });
  const children = stdout.split('\n').map((line) => line.trim().split(/\s+/u));
  const engines = children.filter(
    ([, parent, ...command]) => parent === String(process.pid) && command.join(' ').includes('engine.js'),
  );
  assert.equal(engines.length, 1);
  return Number(engines[0]![0]);
}

describe('concept-probe with a GGUF model', () => {
  let [onnx, gguf] = ['', ''];
  before(async function () {
    needsLlama(this);
    [onnx, gguf] = [await builtInModel(), join(await builtInGguf(), 'stories.gguf')];
  });

  it('embed: the numbers of its ONNX export', () => { withFolder((folder) => {
      const [own, theirs] = [gguf, onnx].map((model, i) => {
        const npy = join(folder, `${i}.npy`);
        printed('embed', '--model', model, '--text', 'Once upon a time', '--all-positions', '--npy', npy);
        return readNpy(npy);
      });
      assert.deepEqual([own!.rows, own!.columns], [5, 288]);
      own!.data.forEach((value, i) => {
        assert.ok(Math.abs(value - theirs!.data[i]!) < 1e-3, `${i}: ${value}`);
      });
    }); });

  it('model: says that hidden states work', () => {
    assert.match(printed('model', '--model', gguf), /^ +yes +hidden states of texts$/mu);
  });

  it('without llama.cpp: says so in one sentence, and pairs work', () => { withFolder((folder) => {
      for (const name of readdirSync(inRoot('dist')).filter((each) => each.endsWith('.js')))
        cpSync(inRoot('dist', name), join(folder, name));
      const bare = (...args: readonly string[]) =>
        spawnSync(process.execPath, [join(folder, 'cli.js'), ...args], { encoding: 'utf8', cwd: folder });
      const embedded = bare('embed', '--model', gguf, '--text', 'a', '--npy', join(folder, 'x.npy'));
      assert.deepEqual([embedded.status, embedded.stdout], [1, '']);
      assert.match(
        embedded.stderr,
        /^concept-probe: llama\.cpp cannot be loaded on [^\n]+ \(no build for it is installed\), so GGUF models cannot be run; the geometry of pairs works without it\.\n$/u,
      );
      const details = bare('model', '--model', gguf);
      assert.match(details.stdout, /hidden states of texts[^\n]*\n?[^\n]*llama\.cpp cannot be loaded/u);
      const pairs = bare(
        'probe',
        inRoot('examples', 'royalty.concepts.json'),
        '--model',
        gguf,
        '--product',
        'euclidean',
        '--json',
      );
      assert.equal(pairs.status, 0, pairs.stderr);
    }); });
});
