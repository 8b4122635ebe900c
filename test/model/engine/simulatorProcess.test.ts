import assert from 'node:assert/strict';
import { CancelledError, EngineClient, EngineError } from '../../../src/engine/engineClient';
import type { SimulationProgress, SimulatorCalls } from '../../../src/protocol/simulationMessages';
import { averageRuns, configsOfRuns } from '../../../src/simulator/training/averageRuns';
import { runSimulation } from '../../../src/simulator/training/runSimulation';
import { defaultSimulation } from '../../../src/simulator/config/simulationConfig';
import { TrainingRun } from '../../../src/simulator/training/trainingRun';
import { inRoot } from '../../support/places';

const config = { ...defaultSimulation, steps: 3_000, curvePoints: 5, seed: 7 };
/** Takes longer than any test waits. */
const endless = { ...config, steps: 1_000_000_000 };

describe('the simulator process', () => {
  let client: EngineClient<SimulatorCalls, SimulationProgress>;

  before(() => {
    const process = inRoot('dist', 'simulator.js');
    client = new EngineClient(process, (text) => {
      console.error(text);
    });
  });

  after(() => {
    client.dispose();
  });

  /** Starts a task, and reports every progress message. */
  const begin = (task: SimulatorCalls['run']['params'], signal?: AbortSignal) => {
    const told: SimulationProgress[] = [];
    const listeners: (() => void)[] = [];
    const outcome = client.call('run', task, {
      ...(signal ? { signal } : {}),
      onProgress: (progress) => {
        told.push(progress);
        listeners.splice(0).forEach((listener) => {
          listener();
        });
      },
    });
    outcome.catch(() => undefined);
    const next = (): Promise<void> => new Promise((resolve) => listeners.push(resolve));
    return { told, outcome, next };
  };

  it('gives the same numbers as a direct run, for every seed', async () => {
    const outcome = await client.call('run', { kind: 'simulation', config, runs: 3 });
    const expected = averageRuns(
      config,
      configsOfRuns(config, 3).map((one) => runSimulation(one)),
    );
    assert.deepEqual(outcome, { kind: 'simulation', result: expected });
  });

  it('shows a run until it is stopped, and keeps its results', async () => {
    const { told, outcome, next } = begin({ kind: 'simulation', config: endless, runs: 1 });
    while ((told.at(-1)?.live?.curve.length ?? 0) < 5) await next();
    await client.call('control', 'stop');
    const result = await outcome;
    const live = told.at(-1)!.live!;
    assert.ok(result.kind === 'simulation' && result.result.runs[0]!.steps >= live.step);
    assert.ok(live.step > 0 && live.stepsPerSecond > 0);
    assert.equal(live.maps.unembedding.length, 3);
    assert.equal(live.unembeddings?.length, 8);
    const { steps } = result.result.runs[0]!;
    const same = runSimulation({ ...endless, steps, curvePoints: 1 });
    assert.equal(same.ue, result.result.runs[0]!.ue);
  });

  it('keeps finished runs when it is stopped, otherwise the first one so far', async () => {
    const runs = begin({ kind: 'simulation', config: { ...config, steps: 200_000 }, runs: 1_000 });
    while ((runs.told.at(-1)?.finishedRuns ?? 0) < 3) await runs.next();
    await client.call('control', 'stop');
    const some = await runs.outcome;
    assert.ok(some.kind === 'simulation');
    const { config: own, runs: kept } = some.result;
    assert.equal(own.steps, 200_000);
    assert.ok(kept.length >= 1 && kept.length < 1_000);
    assert.deepEqual(
      kept.map(({ seed, steps }) => [seed, steps]),
      kept.map((_, at) => [config.seed + at, 200_000]),
    );
    const long = begin({ kind: 'simulation', config: endless, runs: 4 });
    while (!long.told.at(-1)?.live) await long.next();
    await client.call('control', 'stop');
    const first = await long.outcome;
    assert.ok(first.kind === 'simulation' && first.result.runs.length === 1);
    assert.equal(first.result.config.steps, first.result.runs[0]!.steps);
  });

  it('stops the other runs when one fails', async () => {
    // With two tokens and a concept that is never 1, no token can occur for most seeds, but for some it can.
    const rare = { ...endless, concepts: 2, tokens: 2, conditionals: [0, 0] as const };
    await assert.rejects(
      client.call('run', { kind: 'simulation', config: rare, runs: 60 }),
      /2 tokens chosen have probability 0/u,
    );
    const next = await client.call('run', { kind: 'simulation', config, runs: 2 });
    assert.ok(next.kind === 'simulation' && next.result.runs.length === 2);
  });

  it('pauses and resumes', async () => {
    const { told, outcome, next } = begin({ kind: 'simulation', config: endless, runs: 2 });
    await next();
    await client.call('control', 'pause');
    // Messages that were already sent arrive; after that there are none.
    await new Promise((resolve) => setTimeout(resolve, 300));
    const before = told.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(told.length, before);
    await client.call('control', 'resume');
    await next();
    await client.call('control', 'pause');
    await client.call('control', 'stop');
    assert.equal((await outcome).kind, 'simulation');
  });

  it('exits at once when it is cancelled, and starts again', async () => {
    const controller = new AbortController();
    const { outcome, next } = begin({ kind: 'simulation', config: endless, runs: 2 }, controller.signal);
    await next();
    controller.abort();
    await assert.rejects(outcome, CancelledError);
    const again = await client.call('run', { kind: 'theorems', seed: 0 });
    assert.ok(again.kind === 'theorems' && again.checks.every(({ holds }) => holds));
  });

  it('reproduces a figure of the paper', async () => {
    const choice = { preset: 'fig2', quick: true, seed: 0, runs: 1, steps: 500 } as const;
    const { outcome, told } = begin({ kind: 'preset', ...choice });
    const result = await outcome;
    assert.ok(result.kind === 'preset');
    assert.deepEqual(
      result.result.figure.clusters?.map(({ groups }) => groups),
      [2, 4, 8],
    );
    assert.equal(told.at(-1)?.finishedRuns, 3);
  });

  it('trains again for f and g', async () => {
    const run = new TrainingRun(config);
    run.advance(config.steps);
    const { f, g } = await client.call('tables', config);
    assert.deepEqual(f, run.embeddings());
    assert.deepEqual(g, run.unembeddings());
  });

  it('rejects what cannot be simulated in one sentence', async () => {
    for (const [changes, sentence] of [
      [{ concepts: 15 }, /from 1 to 14, not 15/u],
      [{ concepts: 14, dimension: 64 }, /need [\d,]+ MB of memory, more than/u],
      [{ edges: [[0, 1] as const, [1, 0] as const] }, /cycle: 0 → 1 → 0/u],
    ] as const) {
      await assert.rejects(
        client.call('run', { kind: 'simulation', config: { ...config, ...changes }, runs: 1 }),
        (error: unknown) => error instanceof EngineError && error.expected && sentence.test(error.message),
      );
    }
  });
});
