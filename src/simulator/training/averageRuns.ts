import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { perMeasure, type PerMeasure } from '../config/measureNames';
import type { RunResult } from './runSimulation';
import type { SimulationConfig } from '../config/simulationConfig';

/** Several runs of a config that differ in their seed. */
export interface SimulationResult {
  readonly config: SimulationConfig;
  readonly runs: readonly RunResult[];
  readonly mean: PerMeasure<number>;
  /** Standard errors of the means; NaN for one run. */
  readonly standardError: PerMeasure<number>;
  /** What was asked for, if the task was stopped before that; `config` and `runs` are what there is. */
  readonly planned?: { readonly steps: number; readonly runs: number };
}

/** Limit on the numbers in the curves of all runs: a hundred megabytes of JSON. */
const mostNumbers = 5_000_000;

/** The configs of `runs` runs with seed, seed + 1, … @throws UserError for less than one run, or too many to store */
export function configsOfRuns(config: SimulationConfig, runs: number): SimulationConfig[] {
  if (!Number.isInteger(runs) || runs < 1 || runs > 100_000)
    throw new UserError(t`The number of runs must be a whole number from 1 to 100000, not ${runs}.`);
  // U, E and UE of each concept and their means, and four more.
  const numbers = runs * (config.curvePoints + 1) * (3 * config.concepts + 7);
  if (numbers > mostNumbers)
    throw new UserError(
      t`The curves of ${runs} runs would be ${numbers} numbers, more than the limit of ${mostNumbers}; use fewer runs or curve points.`,
    );
  return Array.from({ length: runs }, (_, run) => ({ ...config, seed: config.seed + run }));
}

export function averageRuns(config: SimulationConfig, runs: readonly RunResult[]): SimulationResult {
  const mean = perMeasure((name) => meanOf(runs.map((run) => run[name])));
  const standardError = perMeasure((name) => standardErrorOf(runs.map((run) => run[name])));
  return { config, runs, mean, standardError };
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Sample standard deviation / √n; NaN for one value. */
export function standardErrorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
