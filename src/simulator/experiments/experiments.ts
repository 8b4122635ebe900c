import type { Experiment, ExperimentName, ExperimentSize } from './experiment';
import { bias } from './bias';
import { core } from './core';
import { dimension } from './dimension';
import { logOddsMatching } from './logOddsMatching';
import { zeros } from './zeros';

const experiments: Readonly<Record<ExperimentName, (size: ExperimentSize) => Experiment>> = {
  dimension,
  bias,
  'log-odds': logOddsMatching,
  core,
  zeros,
};

/** The title does not depend on the size. */
export function experimentTitle(name: ExperimentName): string {
  return experimentOf(name, 'quick').title;
}

export function experimentOf(name: ExperimentName, size: ExperimentSize): Experiment {
  return experiments[name](size);
}
