import { formatCount } from '../../format/numbers';
import { stoppedText } from '../../format/stoppedText';
import type { SimulationOutcome } from '../../protocol/simulationMessages';
import { dimensionOf } from '../../simulator/config/simulationConfig';

/** The name of a simulation until the user renames it. */
export function simulationName(outcome: SimulationOutcome): string {
  switch (outcome.kind) {
    case 'simulation': {
      const { config, runs } = outcome.result;
      const dimension = dimensionOf(config) === config.concepts ? '' : `, k=${dimensionOf(config)}`;
      const steps = `${formatCount(Math.max(...runs.map((run) => run.steps)))} steps`;
      const many = runs.length === 1 ? '' : `, ${runs.length} runs`;
      const extent = stoppedText(outcome.result) ?? `${steps}${many}`;
      return `m=${config.concepts}${dimension}, ${config.optimizer}, ${extent}`;
    }
    case 'preset':
      return `${outcome.result.title.split(':')[0]!}${outcome.result.quick ? ', quick' : ''}`;
    case 'theorems':
      return `Theorems, seed ${outcome.seed}`;
  }
}
