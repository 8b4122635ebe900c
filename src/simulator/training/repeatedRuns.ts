import type { SimulationConfig } from '../config/simulationConfig';
import { configsOfRuns } from './averageRuns';
import type { RunResult } from './runSimulation';

/** A config that is run several times: a row of a table, or a point of a sweep. */
export interface RepeatedConfig {
  readonly config: SimulationConfig;
  readonly runs: number;
}

/** The configs of all runs, in the order of `repeated`. @throws UserError see {@link configsOfRuns} */
export function configsOf(repeated: readonly RepeatedConfig[]): SimulationConfig[] {
  return repeated.flatMap(({ config, runs }) => configsOfRuns(config, runs));
}

/**
 * Those whose runs are all complete, with their results.
 *
 * @param results of {@link configsOf}, in its order; some have fewer steps or are undefined if the task was stopped
 */
export function completeOnes<R extends RepeatedConfig>(
  repeated: readonly R[],
  results: readonly (RunResult | undefined)[],
): { readonly one: R; readonly results: readonly RunResult[] }[] {
  let taken = 0;
  return repeated.flatMap((one) => {
    const own = results.slice(taken, (taken += one.runs));
    const whole = own.filter((run) => run !== undefined).filter(({ steps }) => steps === one.config.steps);
    return whole.length < one.runs ? [] : [{ one, results: whole }];
  });
}
