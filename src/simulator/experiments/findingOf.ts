import { compareFinding } from './compareFinding';
import { experimentOf } from './experiments';
import type { ExperimentResult } from './experimentPoints';
import type { Finding } from './finding';
import { smallestFinding } from './smallestFinding';
import { trendFinding } from './trendFinding';

/** What the numbers of an experiment say, by its rule. */
export function findingOf({ experiment: name, size, points }: ExperimentResult): Finding {
  const experiment = experimentOf(name, size);
  const { finding: rule } = experiment;
  switch (rule.kind) {
    case 'smallest':
      return smallestFinding(rule, experiment, points);
    case 'trend':
      return trendFinding(rule, points);
    case 'compare':
      return compareFinding(rule, experiment, points);
  }
}
