import type { SimulationOutcome, SimulationTask } from './simulationMessages';

/** The task that gives this outcome again. */
export function taskOf(outcome: SimulationOutcome): SimulationTask {
  switch (outcome.kind) {
    case 'simulation': {
      const { config, runs } = outcome.result;
      return { kind: 'simulation', config, runs: runs.length };
    }
    case 'preset': {
      const { preset, quick, rows } = outcome.result;
      const { config, runs } = rows[0]!.result;
      return { kind: 'preset', preset, quick, seed: config.seed, runs: runs.length, steps: config.steps };
    }
    case 'theorems':
      return { kind: 'theorems', seed: outcome.seed };
  }
}
