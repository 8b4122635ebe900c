import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbeResult } from '../../../src/protocol/probeResult';
import { FakeHub } from '../support/fakeHub';
import { numbers } from '../support/headForms';
import { runAgainstHub } from '../support/runAgainstHub';
import { wordOf, writeSmallTokenizer } from '../support/smallModel';
import { ggufBytes } from '../support/writeGguf';
import { safetensorsBytes } from '../support/writeSafetensors';

const [vocab, hidden] = [4000, 256];
const head = Float32Array.from(numbers(vocab * hidden, 5));
const headBytes = new Uint8Array(head.buffer);
const other = { dtype: 'F32', shape: [1000, 256], data: new Uint8Array(1_024_000) };
const tensor = { dtype: 'F32', shape: [vocab, hidden], data: headBytes };
const shards = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const;
const index = 'model.safetensors.index.json';

/** Models of the Hub whose rows are read over the network. */
describe('a model that is read from the Hub row by row', () => {
  let folder: string;
  let local: string;
  let concepts: string;
  let hub: FakeHub;
  let cache: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concept-probe-remote-'));
    local = join(folder, 'tiny-model');
    mkdirSync(local);
    writeSmallTokenizer(local, vocab);
    const tensors = { 'model.layers.0.weight': other, 'lm_head.weight': tensor };
    writeFileSync(join(local, 'model.safetensors'), safetensorsBytes(tensors));
    writeFileSync(join(local, 'config.json'), JSON.stringify({ architectures: ['LlamaForCausalLM'] }));
    concepts = join(folder, 'some.concepts.json');
    const pairs = (first: number) =>
      Array.from({ length: 6 }, (_, i) => [wordOf(first + 300 * i), wordOf(first + 300 * i + 1)]);
    writeFileSync(
      concepts,
      JSON.stringify({
        version: 1,
        tokens: { leadingSpace: false },
        concepts: [
          { name: 'a', pairs: pairs(10) },
          { name: 'b', pairs: pairs(2100) },
        ],
      }),
    );
  });
  after(() => rm(folder, { recursive: true }));

  beforeEach(async () => {
    cache = await mkdtemp(join(folder, 'cache-'));
    const names = readdirSync(local);
    hub = await FakeHub.start(new Map(names.map((name) => [name, readFileSync(join(local, name))])));
  });
  afterEach(() => hub.close());

  const run = (args: readonly string[], environment: Record<string, string> = {}) =>
    runAgainstHub(hub, args, { CONCEPT_PROBE_CACHE: cache, ...environment });
  const printed = async (...args: string[]): Promise<string> => {
    const { status, out, error } = await run(args);
    assert.deepEqual([status, error], [0, '']);
    return out;
  };
  const refused = async (pattern: RegExp, ...args: string[]): Promise<void> => {
    const { status, out, error } = await run(args);
    assert.deepEqual([status, out], [1, ''], error);
    assert.match(error, /^concept-probe: [^\n]+\.\n$/u);
    assert.match(error, pattern);
  };
  const rowsOf = async (model: string, ids = '5,3999,17,5'): Promise<Buffer> => {
    const npy = join(cache, 'rows.npy');
    await printed('unembedding', '--model', model, '--ids', ids, '--npy', npy);
    return readFileSync(npy);
  };
  const sent = (path = 'model.safetensors') => hub.sent.get(path) ?? 0;
  const probe = async (...more: string[]) =>
    JSON.parse(await printed('probe', concepts, '--json', ...more)) as {
      readonly model: ProbeResult['model'];
      readonly causalProblem: string | null;
      readonly settings: ProbeResult['settings'];
      readonly concepts: unknown;
      readonly directions: unknown;
    };

  it('has the same rows as the file on the disk, for a small part of its bytes', async () => {
    const expected = await rowsOf(local);
    assert.ok((await rowsOf('hub:tiny-org/tiny-model')).equals(expected));
    // The header, and three blocks.
    assert.ok(sent() <= 5 * 65_536, String(sent()));
    hub.forget();
    assert.ok((await rowsOf('hub:tiny-org/tiny-model@main/model.safetensors')).equals(expected));
    assert.equal(sent(), 0);
  });

  it('has the same Euclidean geometry, and says what the rest needs', async () => {
    const near = await probe('--model', local, '--product', 'euclidean', '--random-pairs', '0');
    const far = await probe('--model', 'hub:tiny-org/tiny-model');
    assert.equal(far.settings.randomPairs, 0);
    assert.match(far.causalProblem ?? '', /needs its whole head, 4 MB once;.*--whole-head/u);
    assert.deepEqual(far.model, near.model);
    const euclidean = ({ concepts: list }: typeof near) =>
      (list as { euclidean: unknown }[]).map((each) => each.euclidean);
    assert.deepEqual(euclidean(far), euclidean(near));
    assert.ok(sent() < headBytes.length);
  });

  it('has the same causal geometry once its whole head may be read, which is read once', async () => {
    const near = await probe('--model', local);
    const far = await probe('--model', 'hub:tiny-org/tiny-model', '--whole-head');
    assert.equal(far.causalProblem, null);
    assert.deepEqual([far.concepts, far.directions], [near.concepts, near.directions]);
    assert.ok(sent() >= headBytes.length && sent() < headBytes.length + 4 * 65_536, String(sent()));
    hub.forget();
    const again = await probe('--model', 'hub:tiny-org/tiny-model');
    assert.deepEqual(again.directions, near.directions);
    assert.equal(sent(), 0);
  });

  it('can be interrupted while its whole head is read, and works afterwards', async () => {
    const far = ['--model', 'hub:tiny-org/tiny-model', '--whole-head'];
    hub.troubles.set('model.safetensors', { kind: 'stall', after: headBytes.length / 2 });
    const controller = new AbortController();
    const environment = { CONCEPT_PROBE_CACHE: cache };
    const running = runAgainstHub(hub, ['probe', concepts, '--json', ...far], environment, controller.signal);
    while (hub.stalled === 0) await sleep(20);
    controller.abort();
    const { status, out } = await running;
    assert.ok(status !== 0 && out === '', `${status} ${out}`);
    hub.goOn();
    const near = await probe('--model', local);
    assert.deepEqual((await probe(...far)).directions, near.directions);
  });

  it('may be in shards, or in a GGUF file in parts in a folder of its own', async () => {
    const expected = await rowsOf(local);
    const map = { 'model.embed_tokens.weight': shards[0], 'lm_head.weight': shards[1] };
    hub.files.set(shards[0], safetensorsBytes({ 'model.embed_tokens.weight': other }));
    hub.files.set(shards[1], safetensorsBytes({ 'lm_head.weight': tensor }));
    hub.files.set(index, Buffer.from(JSON.stringify({ weight_map: map })));
    for (const file of [index, shards[0]]) {
      assert.ok((await rowsOf(`hub:tiny-org/tiny-model@main/${file}`)).equals(expected), file);
    }
    assert.equal(sent(shards[0]), 0);
    const metadata = { 'general.architecture': 'llama', 'split.count': { u32: 2 } };
    const parts = ['F32/tiny-00001-of-00002.gguf', 'F32/tiny-00002-of-00002.gguf'] as const;
    const output = { name: 'output.weight', dimensions: [hidden, vocab], type: 0, data: headBytes };
    hub.files.set(parts[0], ggufBytes({ metadata }));
    hub.files.set(parts[1], ggufBytes({ tensors: [output] }));
    assert.ok((await rowsOf(`hub:tiny-org/tiny-model@main/${parts[0]}`)).equals(expected));
    assert.ok(sent(parts[1]) < 6 * 65_536);
  });

  it('is described with what was read, and with the other files', async () => {
    hub.files.set('tiny-Q8_0.gguf', ggufBytes({}));
    const { out, error } = await run(['model', '--model', 'hub:tiny-org/tiny-model@v1', '--json']);
    assert.match(error, /hub:tiny-org\/tiny-model@v1 has 2 .* --file tiny-Q8_0\.gguf/u);
    const {
      name,
      folder: place,
      file,
      otherFiles,
      files,
      remote,
    } = JSON.parse(out) as Record<string, unknown>;
    assert.deepEqual([name, place], ['tiny-model', 'hub:tiny-org/tiny-model@v1/model.safetensors']);
    assert.deepEqual([file, otherFiles], ['model.safetensors', ['tiny-Q8_0.gguf']]);
    const bytes = hub.files.get('model.safetensors')!.length;
    assert.ok(
      (files as unknown[]).some(
        (each) => JSON.stringify(each) === `{"path":"model.safetensors","bytes":${bytes}}`,
      ),
    );
    assert.deepEqual(remote, {
      reference: place,
      commit: hub.commit,
      bytesRead: sent(),
      headBytes: headBytes.length,
      rowsOnly: true,
    });
    const text = await printed('model', '--model', 'hub:tiny-org/tiny-model@v1/model.safetensors');
    assert.match(
      text,
      /read from {5}the Hub at commit [\da-f]{7}, row by row; 131 kB read so far, of a head of 4\.1 MB/u,
    );
  });

  it('follows a revision to its next commit', async () => {
    await rowsOf('hub:tiny-org/tiny-model');
    const changed = head.map((value) => value / 2);
    const next = { dtype: 'F32', shape: [vocab, hidden], data: new Uint8Array(changed.buffer) };
    hub.files.set('model.safetensors', safetensorsBytes({ 'lm_head.weight': next }));
    const rows = await rowsOf('hub:tiny-org/tiny-model', '7');
    assert.equal(rows.readFloatLE(rows.length - 4), changed[7 * hidden + hidden - 1]);
  });

  it('works offline with the rows that are here, and otherwise says so in one sentence', async () => {
    const expected = await rowsOf('hub:tiny-org/tiny-model');
    const { endpoint } = hub;
    await hub.close();
    const offline = (...args: string[]) => runAgainstHub({ endpoint }, args, { CONCEPT_PROBE_CACHE: cache });
    const npy = join(cache, 'rows.npy');
    const reading = ['unembedding', '--model', 'hub:tiny-org/tiny-model', '--npy', npy, '--ids'];
    assert.equal((await offline(...reading, '5,3999,17,5')).status, 0);
    assert.ok(readFileSync(npy).equals(expected));
    for (const args of [
      [...reading, '2000'],
      ['model', '--model', 'hub:tiny-org/other'],
    ]) {
      const { status, error } = await offline(...args);
      assert.equal(status, 1);
      assert.match(error, /^concept-probe: [^\n]* cannot be reached \(ECONNREFUSED\); [^\n]*\.\n$/u);
    }
    hub = await FakeHub.start(new Map());
  });

  it('discards what is damaged in the cache, which can be cleared', async () => {
    const expected = await rowsOf('hub:tiny-org/tiny-model');
    const rows = join(cache, 'hub', 'rows');
    const [store] = readdirSync(rows);
    const stored = readdirSync(join(rows, store!)).map((name) => join(rows, store!, name));
    const damaged = statSync(stored[0]!).size + statSync(stored[1]!).size - 2 * 32;
    truncateSync(stored[0]!, 5000);
    const bytes = readFileSync(stored[1]!);
    bytes[4000]! ^= 1;
    writeFileSync(stored[1]!, bytes);
    const [commit] = readdirSync(join(cache, 'hub', 'models--tiny-org--tiny-model', 'snapshots'));
    const config = join(cache, 'hub', 'models--tiny-org--tiny-model', 'snapshots', commit!, 'config.json');
    writeFileSync(config, '{');
    hub.forget();
    assert.ok((await rowsOf('hub:tiny-org/tiny-model')).equals(expected));
    assert.equal(sent(), damaged);
    assert.match(await printed('cache', 'info'), /hub: rows of 1 remote file, 2\d\d kB of at most 4\.3 GB/u);
    assert.match(await printed('cache', 'clear'), /Removed rows of 1 remote file, 2\d\d kB from/u);
    assert.deepEqual(readdirSync(join(cache, 'hub')), ['rows']);
    assert.doesNotMatch(await printed('cache', 'info'), /rows of/u);
  });

  it('is refused in one sentence if the Hub or the reference is wrong', async () => {
    const details = ['model', '--model'];
    await refused(/must have the form hub:/u, ...details, 'hub:tiny-model');
    await refused(/must have the form hub:/u, ...details, 'hub:tiny-org/../x@main');
    await refused(/There is no model tiny-org\/other/u, ...details, 'hub:tiny-org/other');
    await refused(/has no revision “v9”/u, ...details, 'hub:tiny-org/tiny-model@v9');
    await refused(
      /has no file "?gone\.gguf"? .*choose model\.safetensors/u,
      ...details,
      'hub:tiny-org/tiny-model@main/gone.gguf',
    );
    hub.gate = 403;
    await refused(/is gated, private or does not exist/u, ...details, 'hub:tiny-org/tiny-model');
    hub.gate = null;
    hub.files.delete('model.safetensors');
    hub.files.set('model.onnx', Buffer.from('x'));
    await refused(/has no \.safetensors or \.gguf file/u, ...details, 'hub:tiny-org/tiny-model');
    const { status, error } = await run([...details, local, '--whole-head']);
    assert.deepEqual([status, error.includes('--whole-head is for')], [2, true]);
  });

  it('is not read beyond a size that the Hub makes up', async () => {
    hub.lies.set('model.safetensors', 10_000_000);
    const { error } = await run([
      'unembedding',
      '--model',
      'hub:tiny-org/tiny-model',
      '--ids',
      '5',
      '--npy',
      join(cache, 'x.npy'),
    ]);
    assert.match(error, /^concept-probe: The server sends a file of \d+ bytes instead of 10000000/u);
    hub.lies.set('config.json', 3);
    await refused(/config\.json/u, 'model', '--model', 'hub:tiny-org/tiny-model');
  });

  it('can be downloaded into the Hugging Face cache instead, and is then a model on the disk', async () => {
    const shared = join(cache, 'huggingface');
    const download = (...args: string[]) =>
      run(['download', 'tiny-org/tiny-model', ...args], { HF_HUB_CACHE: shared });
    hub.files.set('tiny.gguf', Buffer.from('GGUF'));
    const snapshot = join(shared, 'models--tiny-org--tiny-model', 'snapshots', hub.commit);
    const { status, out, error } = await download();
    assert.deepEqual([status, out], [0, `${join(snapshot, 'model.safetensors')}\n`], error);
    assert.match(error, /has 2 files of weights; using model\.safetensors\. .* --file tiny\.gguf\.\n$/u);
    assert.ok((await rowsOf(snapshot)).equals(await rowsOf(local)));
    assert.equal(
      (await download('--file', 'tiny.gguf', '--revision', 'v1')).out,
      `${join(snapshot, 'tiny.gguf')}\n`,
    );
    const missing = await download('--file', 'no.gguf');
    assert.deepEqual(
      [missing.status, /^concept-probe: [^\n]*has no file no\.gguf[^\n]*\n$/u.test(missing.error)],
      [1, true],
    );
    assert.equal((await run(['download', 'tiny-model'])).status, 2);
  });
});
