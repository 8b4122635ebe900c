import { availableParallelism } from 'node:os';
import { parentPort, Worker } from 'node:worker_threads';
import { runSimulation, type RunResult } from '../simulator/runSimulation';
import type { SimulationConfig } from '../simulator/simulationConfig';

/** What a worker says: how far its run is, that it is done, or why it is not. */
type Answer =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'done'; readonly result: RunResult }
  | { readonly kind: 'failed'; readonly message: string };

/** @param share of all steps of all runs that is done */
export type RunProgress = (share: number) => void;

/**
 * Every config's run, on as many threads as there are cores. Runs share nothing, so that their numbers do not depend on how
 * many there are.
 *
 * @param script what a worker starts; it calls `serveSimulations`
 * @throws RangeError as `TrainingRun`
 */
export async function runAll(
  configs: readonly SimulationConfig[],
  script: string,
  threads: number | null,
  progress: RunProgress,
): Promise<RunResult[]> {
  const total = configs.reduce((sum, { steps }) => sum + steps, 0);
  const steps = configs.map(() => 0);
  const advance = (index: number, step: number): void => {
    steps[index] = step;
    progress(total === 0 ? 1 : steps.reduce((sum, done) => sum + done, 0) / total);
  };
  const size = Math.min(configs.length, threads ?? availableParallelism());
  if (size <= 1) {
    return configs.map((config, index) =>
      runSimulation(config, ({ step }) => {
        advance(index, step);
      }),
    );
  }
  // The longest first, so that none begins when all others are done.
  const waiting = [...configs.keys()].sort((a, b) => costOf(configs[b]!) - costOf(configs[a]!));
  const results = new Array<RunResult>(configs.length);
  const lane = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined; index = waiting.shift()) {
      const current = index;
      // A thread of its own for every run: starting one takes far less than a run.
      const worker = new Worker(script);
      try {
        results[current] = await runOn(worker, configs[current]!, (step) => {
          advance(current, step);
        });
      } finally {
        await worker.terminate();
      }
    }
  };
  await Promise.all(Array.from({ length: size }, lane));
  return results;
}

function costOf({ concepts, steps }: SimulationConfig): number {
  return steps * 2 ** concepts;
}

function runOn(worker: Worker, config: SimulationConfig, onStep: (step: number) => void): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    worker.on('message', (answer: Answer) => {
      if (answer.kind === 'step') onStep(answer.step);
      else if (answer.kind === 'done') resolve(answer.result);
      else reject(new RangeError(answer.message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      reject(new Error(`A simulation's thread ended with code ${code}.`));
    });
    worker.postMessage(config);
  });
}

/** A worker's side: runs what it is sent, one after the other. */
export function serveSimulations(): void {
  parentPort?.on('message', (config: SimulationConfig) => {
    parentPort?.postMessage(answerTo(config));
  });
}

function answerTo(config: SimulationConfig): Answer {
  try {
    const result = runSimulation(config, ({ step }) => {
      parentPort?.postMessage({ kind: 'step', step } satisfies Answer);
    });
    return { kind: 'done', result };
  } catch (error) {
    return { kind: 'failed', message: error instanceof Error ? error.message : String(error) };
  }
}
