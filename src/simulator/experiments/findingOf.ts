import { experimentOf } from './experiments';
import type { ExperimentResult } from './experimentPoints';
import type { Finding } from './finding';
import { smallestFinding } from './smallestFinding';

/** What the numbers of an experiment say, by its rule. */
export function findingOf({ experiment: name, size, points }: ExperimentResult): Finding {
  const experiment = experimentOf(name, size);
  return smallestFinding(experiment.finding, experiment, points);
}
