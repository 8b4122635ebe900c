import { t } from '@vscode/l10n';
import type { SimulationResult } from '../simulator/training/averageRuns';
import type { ExperimentResult } from '../simulator/experiments/experimentPoints';
import { formatCount } from './numbers';

/** How far a simulation came, if it was stopped: “stopped at step 1,200 of 20,000”, “3 of 10 runs”. */
export function stoppedText({ runs, planned }: SimulationResult): string | undefined {
  if (!planned) return undefined;
  const steps = Math.max(...runs.map((run) => run.steps));
  const isAmidRun = steps < planned.steps;
  const [of, all] = [formatCount(runs.length), formatCount(planned.runs)];
  if (!isAmidRun) return t`stopped after ${of} of ${all} runs`;
  const [step, last] = [formatCount(steps), formatCount(planned.steps)];
  return planned.runs > 1
    ? t`stopped at step ${step} of ${last} in the first of ${all} runs`
    : t`stopped at step ${step} of ${last}`;
}

/** How far an experiment came, if it was stopped: “stopped after 3 of 32 points”. */
export function stoppedExperimentText({ points, planned }: ExperimentResult): string | undefined {
  return planned === undefined
    ? undefined
    : t`stopped after ${formatCount(points.length)} of ${formatCount(planned)} points`;
}
