import { t } from '@vscode/l10n';
import { measureNames } from '../config/measureNames';
import type { RunResult } from '../training/runSimulation';

/** What is kept of a run: an experiment has hundreds. */
export type ExperimentRun = Pick<RunResult, 'seed' | 'steps' | 'loss' | 'entropyFloor' | 'u' | 'e' | 'ue'>;

/** What is read off a run; `excess`: how far its loss is above the floor, in nats. */
export const experimentMeasures = [...measureNames, 'excess'] as const;
export type ExperimentMeasure = (typeof experimentMeasures)[number];

/** A mean over runs, and its standard error: NaN for one run. */
export interface MeanValue {
  readonly mean: number;
  readonly standardError: number;
}

export function measureOf(run: ExperimentRun, measure: ExperimentMeasure): number {
  return measure === 'excess' ? run.loss - run.entropyFloor : run[measure];
}

export const measureLabels: Readonly<Record<ExperimentMeasure, string>> = {
  u: 'U',
  e: 'E',
  ue: 'UE',
  excess: t('Excess loss'),
};
