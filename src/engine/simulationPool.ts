import { UserError } from '../errors';
import { availableParallelism, totalmem } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { LiveRun } from '../protocol/simulationMessages';
import { neededBytes } from '../simulator/training/chooseKernel';
import type { RunResult } from '../simulator/training/runSimulation';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import type { SimulationControl } from './simulationControl';
import type { ThreadJob, ThreadMessage, ThreadResult } from './simulationThread';

/** Minimum milliseconds between two progress messages. */
const interval = 50;

/** The progress of a task's runs. */
export interface PoolProgress {
  /** Completed share of all steps of all runs, weighted by how long a step takes, 0…1. */
  readonly fraction: number;
  readonly finishedRuns: number;
  /** The first run that is not done; between runs, the previous one. */
  readonly live: LiveRun | null;
}

export interface PoolOptions {
  /** The bundle that threads run, which calls `serveJob`. */
  readonly script: string;
  /** `null`: one per core. */
  readonly threads: number | null;
  readonly control: SimulationControl;
  /** Whether to report running runs. */
  readonly isLive: boolean;
  readonly onProgress: (progress: PoolProgress) => void;
}

/**
 * Runs every config, on one thread per core. Runs share no state, so that their numbers do not depend on the number of
 * threads.
 *
 * @returns results in the order of the configs; if stopped, some have fewer steps, or are `undefined` if they had not
 *   started
 * @throws UserError see `TrainingRun`; stops the other runs
 */
export async function runAll(
  configs: readonly SimulationConfig[],
  options: PoolOptions,
): Promise<readonly (RunResult | undefined)[]> {
  const { threads, control, isLive, onProgress } = options;
  const total = configs.reduce((sum, config) => sum + costOf(config), 0);
  const steps = configs.map(() => 0);
  const results = new Array<RunResult | undefined>(configs.length).fill(undefined);
  const lives = new Map<number, LiveRun>();
  let told = 0;
  let shown: LiveRun | null = null;
  const tell = (): void => {
    told = performance.now();
    const done = steps.reduce((sum, step, at) => sum + costOf({ ...configs[at]!, steps: step }), 0);
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
      const job: ThreadJob = {
        ...{ kind: 'run', config: configs[current]!, isLive, control: control.shared },
        // Of many runs, the moments would be large, and only the means are shown.
        keepsMoments: configs.length === 1,
      };
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

/** One per core, as far as half of the memory allows. */
function lanesFor(configs: readonly SimulationConfig[]): number {
  const largest = Math.max(...configs.map(neededBytes));
  const fitting = Math.max(1, Math.floor(totalmem() / 2 / largest));
  return Math.min(configs.length, availableParallelism(), fitting);
}

/** Longest runs first, so that none starts when all others are done. */
function longestFirst(configs: readonly SimulationConfig[]): number[] {
  return [...configs.keys()].sort((a, b) => costOf(configs[b]!) - costOf(configs[a]!));
}

/** About how long a run takes: of a step, the part that does not depend on the tokens takes as long as 16 of them. */
function costOf({ concepts, steps }: SimulationConfig): number {
  return steps * (16 + 2 ** concepts);
}

function errorOf({ message, isExpected }: Extract<ThreadMessage, { kind: 'failed' }>): Error {
  return isExpected ? new UserError(message) : new Error(message);
}

/** Runs a job in a new thread, which takes much less time to start than a run. @throws the job's error */
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
