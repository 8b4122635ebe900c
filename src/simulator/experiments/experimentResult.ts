import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { defaultSimulation, dimensionOf, type SimulationConfig } from '../config/simulationConfig';
import { logOddsMismatch } from '../measures/logOdds';
import { completeOnes, type RepeatedConfig } from '../training/repeatedRuns';
import type { RunResult } from '../training/runSimulation';
import { createWorld } from '../world/world';
import type { ExperimentRun } from './experimentMeasures';
import type { ExperimentChoice, ExperimentPoint, ExperimentResult } from './experimentPoints';
import { experimentOf } from './experiments';

type PlannedPoint = Omit<ExperimentPoint, 'runs'> & RepeatedConfig;

/** The points of a sweep. Those with more dimensions than tokens do not exist. */
export function plannedPoints(choice: ExperimentChoice): PlannedPoint[] {
  const { base, x, lines, runs } = experimentOf(choice.experiment, choice.size);
  const points = lines.values.flatMap((line) =>
    x.values.map((at) => {
      const config = { ...defaultSimulation, ...base, ...line.settings, ...at.settings };
      const learningRate = config.learningRate * (at.rateFactor ?? 1);
      return {
        ...{ x: at.value, line: line.label, runs: choice.runs ?? runs },
        // Only the end of a run is kept.
        config: {
          ...{ ...config, learningRate, curvePoints: 1 },
          ...{ seed: choice.seed, steps: choice.steps ?? config.steps },
        },
      };
    }),
  );
  return points.filter(({ config }) => dimensionOf(config) <= 2 ** config.concepts);
}

/**
 * The points whose runs are all complete.
 *
 * @param results of the configs of {@link plannedPoints} (`configsOf`), in their order; some have fewer steps or are
 *   undefined if the task was stopped
 * @throws UserError if no point is complete
 */
export function experimentResult(
  choice: ExperimentChoice,
  results: readonly (RunResult | undefined)[],
): ExperimentResult {
  const planned = plannedPoints(choice);
  const { measures } = experimentOf(choice.experiment, choice.size);
  const points = completeOnes(planned, results).map(({ one: { x, line, config }, results: runs }) => ({
    ...{ x, line, config },
    runs: runs.map((run) => keptOf(run, config, measures.includes('mismatch'))),
  }));
  if (points.length === 0)
    throw new UserError(t('The task was stopped before a point of the experiment was complete.'));
  const { experiment, size, seed, runs, steps } = choice;
  const result = { experiment, size, seed, runs, steps, points };
  return points.length < planned.length ? { ...result, planned: planned.length } : result;
}

function keptOf(run: RunResult, config: SimulationConfig, isMatched: boolean): ExperimentRun {
  const { seed, steps, loss, entropyFloor, u, e, ue } = run;
  const kept = { seed, steps, loss, entropyFloor, u, e, ue };
  return isMatched ? { ...kept, mismatch: logOddsMismatch(createWorld({ ...config, seed })) } : kept;
}
