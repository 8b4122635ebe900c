import { presetOf } from '../simulator/paper/presets';
import type { SimulationOutcome, SimulationTask } from './simulationMessages';

/** The task that reproduces this outcome; for a stopped task, the part that was done. */
export function taskOf(outcome: SimulationOutcome): SimulationTask {
  switch (outcome.kind) {
    case 'simulation': {
      const { config, runs } = outcome.result;
      return { kind: 'simulation', config, runs: runs.length };
    }
    case 'preset': {
      const { preset, quick, rows } = outcome.result;
      const { seed, steps } = rows[0]!.result.config;
      const runs = rows[0]!.result.runs.length;
      const own = new Map(presetOf(preset, quick, seed).rows.map((row) => [row.label, row]));
      const ownRuns = rows.every(({ label, result }) => result.runs.length === own.get(label)?.runs);
      const ownSteps = rows.every(
        ({ label, result }) => result.config.steps === own.get(label)?.config.steps,
      );
      return {
        ...{ kind: 'preset', preset, quick, seed },
        // If they were chosen explicitly, they are the same in every row.
        runs: ownRuns ? null : runs,
        steps: ownSteps ? null : steps,
      };
    }
    case 'experiment': {
      const { experiment, size, seed, runs, steps } = outcome.result;
      return { kind: 'experiment', experiment, size, seed, runs, steps };
    }
    case 'theorems':
      return { kind: 'theorems', seed: outcome.seed };
  }
}
