import type { SimulationResult } from '../simulator/training/averageRuns';
import { formatCount } from './numbers';

/** How far a simulation came, if it was stopped: “stopped at step 1,200 of 20,000”, “3 of 10 runs”. */
export function stoppedText({ runs, planned }: SimulationResult): string | undefined {
  if (!planned) return undefined;
  const steps = Math.max(...runs.map((run) => run.steps));
  const isAmidRun = steps < planned.steps;
  const ofRuns = `${formatCount(runs.length)} of ${formatCount(planned.runs)} runs`;
  if (!isAmidRun) return `stopped after ${ofRuns}`;
  const ofSteps = `stopped at step ${formatCount(steps)} of ${formatCount(planned.steps)}`;
  return planned.runs > 1 ? `${ofSteps} in the first of ${formatCount(planned.runs)} runs` : ofSteps;
}
