import assert from 'node:assert/strict';
import { cpSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fetchCheckpoint } from '../../../scripts/checkpoint';
import { plainAlgebra } from '../../../src/model/algebra/plainAlgebra';
import { openForward } from '../../../src/model/forward/openForward';
import type { ForwardPass } from '../../../src/model/forward/forwardPass';
import { findBuild } from '../../../src/model/llama/builds';
import { loadLlama } from '../../../src/model/llama/llamaRuntime';
import { Model } from '../../../src/model/model';
import { describeModel } from '../../../src/probe/modelDetails';
import { Embedder } from '../../../src/probe/embed';
import { builtInGguf, ggufOf } from '../support/builtInGguf';
import { builtInModel } from '../support/builtInModel';
import { withFolder } from '../support/fixtures';
import { needsLlama } from '../support/llamaBuild';
import { llamaLogProbabilities } from '../support/llamaLogProbabilities';
import { writeGguf, type GgufContents } from '../support/writeGguf';

const texts = [
  'Once upon a time, there was a little girl named Lily.',
  'The king',
  'Tom was a boy. One day, he went to the park with his dad. They saw a dog, a cat and a big, red ball, and he',
];
const options = { threads: 1 } as const;
const silent = (): undefined => undefined;

function assertNear(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  assert.equal(actual.length, expected.length);
  let worst = 0;
  for (let i = 0; i < actual.length; i++) worst = Math.max(worst, Math.abs(actual[i]! - expected[i]!));
  assert.ok(worst <= tolerance, `differs by ${worst}`);
}

describe('a GGUF model in llama.cpp', function () {
  let [onnx, gguf]: Model[] = [];
  let [reference, forward]: ForwardPass[] = [];
  let contexts: (readonly number[])[];

  before(async function () {
    needsLlama(this);
    onnx = new Model(await builtInModel());
    gguf = new Model(await builtInGguf());
    reference = await openForward(onnx, plainAlgebra, options);
    forward = await openForward(gguf, plainAlgebra, options);
    const embedder = new Embedder(plainAlgebra);
    contexts = texts.map((text) => embedder.idsOf(gguf!, text));
  });
  after(async () => {
    await reference?.release();
    await forward?.release();
    onnx?.close();
    gguf?.close();
  });

  it("has ONNX Runtime's window, beginning and hidden states", async () => {
    assert.deepEqual([forward!.window, forward!.beginning], [reference!.window, reference!.beginning]);
    assert.deepEqual([forward!.provider, forward!.note], ['cpu', null]);
    for (const positions of ['all', 'last', [3, 1, 12]] as const) {
      const [own, theirs] = await Promise.all(
        [forward!, reference!].map((pass) => pass.hiddenStates(contexts, positions)),
      );
      own!.forEach((states, i) => {
        assertNear(states, theirs![i]!, 1e-3);
      });
    }
  });

  it("gives llama.cpp's own log-probabilities, and ONNX Runtime's", async () => {
    const own = await forward!.logProbabilities(contexts, 'all');
    const theirs = await reference!.logProbabilities(contexts, 'all');
    for (const [i, ids] of contexts.entries()) {
      assertNear(own[i]!, theirs[i]!, 1e-3);
      const plain = await llamaLogProbabilities(join(gguf!.folder.path, gguf!.folder.file), ids);
      const top = [...plain.keys()].sort((a, b) => plain[b]! - plain[a]!).slice(0, 1000);
      assertNear(
        Float64Array.from(top, (id) => own[i]![id]!),
        Float64Array.from(top, (id) => plain[id]!),
        1e-3,
      );
    }
  });

  it('continues a context as if it read all of it again', async () => {
    const whole = contexts[2]!;
    const [fresh] = await forward!.hiddenStates([whole], 'last');
    const steps = [whole.slice(0, 8), whole.slice(0, 9), [...whole.slice(0, 5), 7, 8], whole];
    const found = await forward!.logProbabilities(steps, 'all');
    const [expected] = await reference!.logProbabilities([whole], 'all');
    assertNear(found[3]!, expected!, 1e-3);
    const [again] = await forward!.hiddenStates([whole], 'last');
    assert.deepEqual(again, fresh, 'does not depend on what was read before');
  });

  it('ends texts at </s>', () => {
    assert.deepEqual(
      [2, 1, 7].map((id) => forward!.endsText(id)),
      [true, false, false],
    );
  });

  it('reads the end of a context that is longer than the window', async () => {
    const embedder = new Embedder(plainAlgebra);
    const request = {
      contexts: [{ text: 'a big dog '.repeat(200) }],
      allPositions: false,
      model: null,
      ...options,
    };
    const [own, theirs] = [
      await embedder.embed(gguf!, request, silent),
      await embedder.embed(onnx!, request, silent),
    ];
    await embedder.close();
    assert.deepEqual(own.contexts, theirs.contexts);
    assert.deepEqual([own.contexts[0]!.tokens, own.contexts[0]!.windowed], [256, true]);
    assertNear(own.hidden.data, theirs.hidden.data, 1e-3);
  });

  it('says that hidden states of texts work', () => {
    assert.deepEqual(
      describeModel(gguf!).abilities.map(({ works }) => works),
      [true, true, true],
    );
  });

  it('runs on the CPU with a note if there is no build for a GPU', async function () {
    if (findBuild('vulkan')) this.skip();
    const pass = await openForward(gguf!, plainAlgebra, { ...options, provider: 'vulkan' });
    await pass.release();
    assert.equal(pass.provider, 'cpu');
    assert.equal(
      pass.note,
      'llama.cpp cannot use vulkan here (no build for it is installed); it ran on the CPU.',
    );
  });

  let contents: ReturnType<typeof ggufOf> | undefined;
  /** Changes the built-in model, and expects this sentence from its forward pass. */
  async function assertRefused(
    change: (contents: ReturnType<typeof ggufOf>) => GgufContents,
    pattern: RegExp,
    inDetails: boolean,
    damage: (path: string) => void = () => undefined,
  ): Promise<void> {
    contents ??= ggufOf(await fetchCheckpoint());
    const changed = change(contents);
    await withFolder(async (folder) => {
      for (const name of ['tokenizer.json', 'tokenizer_config.json'])
        cpSync(join(gguf!.folder.path, name), join(folder, name));
      const path = join(folder, 'changed.gguf');
      writeGguf(path, changed);
      damage(path);
      const model = new Model(path);
      try {
        await assert.rejects(openForward(model, plainAlgebra, options), (error: Error) => {
          assert.equal(error.name, 'ModelError', error.stack);
          assert.match(error.message, pattern);
          return true;
        });
        const own = describeModel(model).abilities.find(({ name }) => name === 'hidden states of texts')!;
        assert.equal(own.works, !inDetails);
        if (!own.works) assert.match(own.why ?? '', pattern);
      } finally {
        model.close();
      }
    });
  }

  it('refuses an architecture that llama.cpp does not know, by its name', () =>
    assertRefused(
      ({ metadata, tensors }) => ({ metadata: { ...metadata, 'general.architecture': 'dreamer' }, tensors }),
      /^[^/]+\/changed\.gguf cannot be run: this version of llama\.cpp does not know the architecture dreamer;/u,
      true,
    ));

  it('refuses models of whole texts', () =>
    assertRefused(
      ({ metadata, tensors }) => ({ metadata: { ...metadata, 'llama.pooling_type': { u32: 1 } }, tensors }),
      /changed\.gguf computes one state of a whole text, not of its last token; choose a language model\.$/u,
      true,
    ));

  it('refuses a file with the head but without the layers, before it loads it', () =>
    assertRefused(
      ({ metadata, tensors }) => ({
        metadata: metadata!,
        tensors: tensors.filter(({ name }) => !name.startsWith('blk.')),
      }),
      /changed\.gguf cannot be run: llama\.block_count is 6, but there is no tensor blk\.5\.\*; the geometry of pairs works without the layers\.$/u,
      true,
    ));

  it('refuses a file without a tensor that llama.cpp needs, with its reason', () =>
    assertRefused(
      ({ metadata, tensors }) => ({
        metadata: metadata!,
        tensors: tensors.filter(({ name }) => name !== 'blk.2.ffn_up.weight'),
      }),
      /changed\.gguf cannot be run by llama\.cpp \([^()]*blk\.2\.ffn_up\.weight[^()]*\); choose another file/u,
      false,
    ));

  it('refuses a truncated file', () =>
    assertRefused(
      (contents) => contents,
      /changed\.gguf cannot be run by llama\.cpp \(.+\); choose another file of the model, or download it again\.$/u,
      false,
      (path) => {
        truncateSync(path, readFileSync(path).length - 1_000_000);
      },
    ));
});

describe('llama.cpp that is not there', () => {
  const sentence = (reason: RegExp): RegExp =>
    new RegExp(
      `^llama\\.cpp cannot be loaded on \\w+ \\w+ \\(${reason.source}\\), so GGUF models cannot be run; the geometry of pairs works without it\\.$`,
      'u',
    );

  it('is one sentence', async () => {
    await assert.rejects(loadLlama(null), {
      name: 'ModelError',
      message: sentence(/no build for it is installed/u),
    });
  });

  it('is one sentence if its library cannot be loaded', async () => {
    await withFolder(async (folder) => {
      const addon = join(folder, 'llama-addon.node');
      writeFileSync(addon, 'not a library');
      await assert.rejects(loadLlama({ folder, addon }), {
        name: 'ModelError',
        message: sentence(/[^\n]+/u),
      });
    });
  });

  it('is not found for machines that it has no build for', () => {
    assert.equal(findBuild('cpu', { platform: 'sunos', arch: 'x64' }), null);
    assert.equal(findBuild('cpu', { platform: 'linux', arch: 's390x' }), null);
    assert.equal(findBuild('metal', { platform: 'linux', arch: 'x64' }), null);
  });
});
