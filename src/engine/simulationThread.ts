import { UserError } from '../errors';
import { parentPort } from 'node:worker_threads';
import type { Matrix } from '../geometry/matrix';
import type { LiveRun } from '../protocol/simulationMessages';
import { finishRun, runSimulation, type RunResult } from '../simulator/training/runSimulation';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import { theoremChecks, type TheoremCheck } from '../simulator/paper/theoremChecks';
import { TrainingRun } from '../simulator/training/trainingRun';
import { liveObserver } from './liveObserver';
import { mayGoOn } from './simulationControl';

/** The tables of a learner at the end of its run. */
export interface Tables {
  /** [contexts, k] */
  readonly f: Matrix;
  /** [tokens, k] */
  readonly g: Matrix;
}

/** The job of a thread; `control`: the shared number of a `SimulationControl`. */
export type ThreadJob = { readonly control: Int32Array } & (
  | {
      readonly kind: 'run';
      readonly config: SimulationConfig;
      readonly isLive: boolean;
      readonly keepsMoments: boolean;
    }
  | { readonly kind: 'tables'; readonly config: SimulationConfig }
  | { readonly kind: 'theorem'; readonly name: string; readonly seed: number }
);

export type ThreadResult = RunResult | Tables | TheoremCheck;

/** A message of a thread: its progress, a snapshot, its result, or its error. */
export type ThreadMessage =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'live'; readonly live: LiveRun }
  | { readonly kind: 'done'; readonly result: ThreadResult }
  /** `isExpected`: the message is a sentence about the settings; otherwise it describes a bug. */
  | { readonly kind: 'failed'; readonly message: string; readonly isExpected: boolean };

/** The thread's side of `runJob`: runs the job that it receives. */
export function serveJob(): void {
  const port = parentPort!;
  const say = (message: ThreadMessage): void => {
    port.postMessage(message);
  };
  port.once('message', (job: ThreadJob) => {
    try {
      say({ kind: 'done', result: resultOf(job, say) });
    } catch (error) {
      const isExpected = error instanceof UserError;
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
      say({ kind: 'failed', message: isExpected ? error.message : text, isExpected });
    }
  });
}

function resultOf(job: ThreadJob, say: (message: ThreadMessage) => void): ThreadResult {
  if (job.kind === 'theorem') return theoremChecks[job.name]!(job.seed);
  const show = (live: LiveRun): void => {
    say({ kind: 'live', live });
  };
  const observer = liveObserver(
    () => mayGoOn(job.control),
    job.kind === 'run' && job.isLive ? show : null,
    (step) => {
      say({ kind: 'step', step });
    },
  );
  if (job.kind === 'run') return runSimulation(job.config, observer, job.keepsMoments);
  const run = new TrainingRun(job.config);
  finishRun(run, observer);
  return { f: run.embeddings(), g: run.unembeddings() };
}
