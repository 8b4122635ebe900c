import { t } from '@vscode/l10n';
import { measureNames } from '../config/measureNames';
import type { RunResult } from '../training/runSimulation';

/** What is kept of a run: an experiment has hundreds. */
export interface ExperimentRun extends Pick<
  RunResult,
  'seed' | 'steps' | 'loss' | 'entropyFloor' | 'u' | 'e' | 'ue'
> {
  /** See `logOddsMismatch`; only where the experiment measures it. */
  readonly mismatch?: number;
}

/**
 * What is read off a run; `excess`: how far its loss is above the floor, in nats; `mismatch`: how far the log-odds of its
 * world are from matching.
 */
export const experimentMeasures = [...measureNames, 'excess', 'mismatch'] as const;
export type ExperimentMeasure = (typeof experimentMeasures)[number];

/** A mean over runs, and its standard error: NaN for one run. */
export interface MeanValue {
  readonly mean: number;
  readonly standardError: number;
}

export function measureOf(run: ExperimentRun, measure: ExperimentMeasure): number {
  if (measure === 'mismatch') return run.mismatch ?? NaN;
  return measure === 'excess' ? run.loss - run.entropyFloor : run[measure];
}

export const measureLabels: Readonly<Record<ExperimentMeasure, string>> = {
  u: 'U',
  e: 'E',
  ue: 'UE',
  excess: t('Excess loss'),
  mismatch: t('Mismatch of log-odds'),
};
