import type { PresetRowResult } from '../simulator/presetResult';
import { presetOf, type PresetRow } from '../simulator/presets';
import type { SimulationOutcome, SimulationTask } from './simulationMessages';

/** The task that gives this outcome again; where it was stopped, what it has of it. */
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
      const own = presetOf(preset, quick, seed).rows;
      const isOwn = (is: (row: PresetRowResult, own: PresetRow | undefined) => boolean): boolean =>
        rows.every((row) =>
          is(
            row,
            own.find(({ label }) => label === row.label),
          ),
        );
      return {
        ...{ kind: 'preset', preset, quick, seed },
        // Given with the choice, they are the same in every row.
        runs: isOwn(({ result }, row) => result.runs.length === row?.runs) ? null : runs,
        steps: isOwn(({ result }, row) => result.config.steps === row?.config.steps) ? null : steps,
      };
    }
    case 'theorems':
      return { kind: 'theorems', seed: outcome.seed };
  }
}
