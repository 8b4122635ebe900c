import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import type {
  SimulationAction,
  SimulationOutcome,
  SimulationProgress,
  SimulationTask,
  SimulatorCalls,
  SimulatorMethod,
} from '../protocol/simulationMessages';
import { averageRuns, configsOfRuns, type SimulationResult } from '../simulator/training/averageRuns';
import { checkConfig } from '../simulator/config/checkConfig';
import { checkMemory } from '../simulator/training/chooseKernel';
import { experimentResult, plannedPoints } from '../simulator/experiments/experimentResult';
import { chosenPreset, presetResult } from '../simulator/paper/presetResult';
import { configsOf } from '../simulator/training/repeatedRuns';
import type { RunResult } from '../simulator/training/runSimulation';
import type { SimulationConfig } from '../simulator/config/simulationConfig';
import { theoremChecks, type TheoremCheck } from '../simulator/paper/theoremChecks';
import { theoremText } from '../format/paperWords';
import { methodNamed } from './methodNamed';
import { SimulationControl } from './simulationControl';
import { runAll, runJob } from './simulationPool';
import type { Tables } from './simulationThread';

export type ReportSimulation = (progress: SimulationProgress) => void;

export type SimulatorMethods = {
  [M in SimulatorMethod]: (
    params: SimulatorCalls[M]['params'],
    progress: ReportSimulation,
  ) => M extends 'control' ? SimulatorCalls[M]['result'] : Promise<SimulatorCalls[M]['result']>;
};

export interface SimulatorOptions {
  /** The bundle that threads run, which calls `serveJob`. */
  readonly script: string;
  /** `null`: one per core. */
  readonly threads: number | null;
  /** Whether to report running runs. */
  readonly isLive: boolean;
}

/**
 * The simulator's methods, which the command line calls directly, without a process.
 *
 * @throws UserError from every method, for settings out of bounds and for tasks stopped before there was a result
 */
export function createSimulatorMethods(options: SimulatorOptions): SimulatorMethods {
  let control = new SimulationControl();
  const runsOf = async (
    configs: readonly SimulationConfig[],
    progress: ReportSimulation,
  ): Promise<readonly (RunResult | undefined)[]> => {
    // Before any thread starts.
    for (const config of configs) check(config);
    const message = configs.length === 1 ? t('Training') : t`Training ${configs.length} runs`;
    return runAll(configs, {
      ...options,
      control,
      onProgress: (stand) => {
        progress({ message, runs: configs.length, ...stand });
      },
    });
  };
  const theorems = async (seed: number, progress: ReportSimulation): Promise<readonly TheoremCheck[]> => {
    const checks: TheoremCheck[] = [];
    const names = Object.keys(theoremChecks);
    for (const name of names) {
      if (control.isStopped) break;
      const fraction = checks.length / names.length;
      progress({ message: t`Checking ${theoremText(name)}`, fraction, runs: 0, finishedRuns: 0, live: null });
      const job = { kind: 'theorem', name, seed, control: control.shared } as const;
      checks.push((await runJob(job, options.script, () => undefined)) as TheoremCheck);
    }
    return checks;
  };
  const outcomeOf = async (task: SimulationTask, progress: ReportSimulation): Promise<SimulationOutcome> => {
    switch (task.kind) {
      case 'simulation': {
        const runs = await runsOf(configsOfRuns(task.config, task.runs), progress);
        return { kind: 'simulation', result: averageOf(task.config, runs) };
      }
      case 'preset': {
        const preset = chosenPreset(task);
        const runs = await runsOf(configsOf(preset.rows), progress);
        return { kind: 'preset', result: presetResult(preset, task.quick, runs) };
      }
      case 'experiment': {
        const runs = await runsOf(configsOf(plannedPoints(task)), progress);
        return { kind: 'experiment', result: experimentResult(task, runs) };
      }
      case 'theorems':
        return { kind: 'theorems', seed: task.seed, checks: someOf(await theorems(task.seed, progress)) };
    }
  };
  return {
    run: (task, progress) => {
      control = new SimulationControl();
      return outcomeOf(task, progress);
    },
    control: (action) => {
      const actions: Readonly<Record<SimulationAction, () => void>> = {
        pause: () => {
          control.pause();
        },
        resume: () => {
          control.resume();
        },
        stop: () => {
          control.stop();
        },
      };
      methodNamed(actions, action)();
      return null;
    },
    tables: async (config, progress) => {
      check(config);
      const job = { kind: 'tables', config, control: new SimulationControl().shared } as const;
      return (await runJob(job, options.script, (message) => {
        if (message.kind !== 'step') return;
        const fraction = config.steps === 0 ? 1 : message.step / config.steps;
        progress({ message: t('Training again'), fraction, runs: 1, finishedRuns: 0, live: null });
      })) as Tables;
    },
  };
}

function check(config: SimulationConfig): void {
  checkConfig(config);
  checkMemory(config);
}

/** The average of the complete runs; if the task was stopped before any was complete, the first run so far. */
function averageOf(config: SimulationConfig, runs: readonly (RunResult | undefined)[]): SimulationResult {
  const end = runs.findIndex((run) => run?.steps !== config.steps);
  const whole = (end < 0 ? runs : runs.slice(0, Math.max(end, 1))).filter((run) => run !== undefined);
  const [first] = someOf(whole);
  const result = averageRuns({ ...config, steps: first!.steps }, whole);
  return end < 0 ? result : { ...result, planned: { steps: config.steps, runs: runs.length } };
}

function someOf<T>(results: readonly T[]): readonly T[] {
  if (results.length === 0) throw new UserError(t('The task was stopped before there was a result.'));
  return results;
}
