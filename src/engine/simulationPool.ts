import { UserError } from '../errors';
import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LiveRun } from '../protocol/simulationMessages';
import { neededBytes } from '../simulator/training/chooseKernel';
import type { RunResult } from '../simulator/training/runSimulation';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import type { SimulationControl } from './simulationControl';
import type { ThreadJob, ThreadMessage, ThreadResult } from './simulationThread';

/** Milliseconds between two words of progress, at least. */
const interval = 50;

/** How the runs of a task stand. */
export interface PoolProgress {
  /** Share of all steps of all runs that is done, 0…1. */
  readonly fraction: number;
  readonly finishedRuns: number;
  /** Of the first run that is not done; between runs, of the one before. */
  readonly live: LiveRun | null;
}

export interface PoolOptions {
  /** The bundle that threads start: it calls `serveJob`. */
  readonly script: string;
  /** `null`: as many as there are cores. */
  readonly threads: number | null;
  readonly control: SimulationControl;
  /** Whether anybody looks at runs on their way. */
  readonly isLive: boolean;
  readonly onProgress: (progress: PoolProgress) => void;
}

/**
 * Every config's run, on as many threads as there are cores. Runs share nothing, so that their numbers do not depend on how
 * many there are.
 *
 * @returns in the order of the configs; where it was stopped, runs with fewer steps, and `undefined` for those not begun
 * @throws UserError as `TrainingRun`; the other runs are stopped then
 */
export async function runAll(
  configs: readonly SimulationConfig[],
  options: PoolOptions,
): Promise<readonly (RunResult | undefined)[]> {
  const { threads, control, isLive, onProgress } = options;
  const total = configs.reduce((sum, { steps }) => sum + steps, 0);
  const steps = configs.map(() => 0);
  const results = new Array<RunResult | undefined>(configs.length).fill(undefined);
  const lives = new Map<number, LiveRun>();
  let told = 0;
  let shown: LiveRun | null = null;
  const tell = (): void => {
    told = performance.now();
    const done = steps.reduce((sum, step) => sum + step, 0);
    const first = [...lives.keys()].sort((a, b) => a - b)[0];
    if (first !== undefined) shown = lives.get(first)!;
    onProgress({
      fraction: total === 0 ? 1 : done / total,
      finishedRuns: results.filter((result) => result !== undefined).length,
      live: shown,
    });
  };
  const waiting = longestFirst(configs);
  const lane = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined && !control.isStopped; index = waiting.shift()) {
      const current = index;
      const job: ThreadJob = { kind: 'run', config: configs[current]!, isLive, control: control.shared };
      results[current] = (await runJob(job, options.script, (message) => {
        if (message.kind === 'live') lives.set(current, message.live);
        else steps[current] = message.step;
        if (performance.now() - told >= interval) tell();
      })) as RunResult;
      lives.delete(current);
      tell();
    }
  };
  const lanes = Array.from({ length: threads ?? lanesFor(configs) }, lane);
  try {
    await Promise.all(lanes);
  } catch (error) {
    control.stop();
    await Promise.allSettled(lanes);
    throw error;
  }
  return results;
}

/** As many as there are cores, if half of the memory has room for them. */
function lanesFor(configs: readonly SimulationConfig[]): number {
  const largest = Math.max(...configs.map(neededBytes));
  const fitting = Math.max(1, Math.floor(totalmem() / 2 / largest));
  return Math.min(configs.length, availableParallelism(), fitting);
}

/** So that none begins when all others are done. */
function longestFirst(configs: readonly SimulationConfig[]): number[] {
  const costOf = ({ concepts, steps }: SimulationConfig): number => steps * 2 ** concepts;
  return [...configs.keys()].sort((a, b) => costOf(configs[b]!) - costOf(configs[a]!));
}

function errorOf({ message, isExpected }: Extract<ThreadMessage, { kind: 'failed' }>): Error {
  return isExpected ? new UserError(message) : new Error(message);
}

/** Does a job in a thread of its own: starting one takes far less than a run. @throws what the job threw */
export async function runJob(
  job: ThreadJob,
  script: string,
  onMessage: (message: Extract<ThreadMessage, { kind: 'step' | 'live' }>) => void,
): Promise<ThreadResult> {
  const worker = new Worker(script);
  try {
    return await new Promise<ThreadResult>((resolve, reject) => {
      worker.on('message', (message: ThreadMessage) => {
        if (message.kind === 'done') resolve(message.result);
        else if (message.kind === 'failed') reject(errorOf(message));
        else onMessage(message);
      });
      worker.on('error', reject);
      worker.on('exit', (code) => {
        reject(new Error(`A simulation's thread ended with code ${code}.`));
      });
      worker.postMessage(job);
    });
  } finally {
    await worker.terminate();
  }
}
