import { t } from '@vscode/l10n';
import { formatCount } from '../../format/numbers';
import { stoppedText } from '../../format/stoppedText';
import type { SimulationOutcome } from '../../protocol/simulationMessages';
import { experimentTitle } from '../../simulator/experiments/experiments';
import { dimensionOf } from '../../simulator/config/simulationConfig';

/** The name of a simulation until the user renames it. */
export function simulationName(outcome: SimulationOutcome): string {
  switch (outcome.kind) {
    case 'simulation': {
      const { config, runs } = outcome.result;
      const dimension = dimensionOf(config) === config.concepts ? '' : `, k=${dimensionOf(config)}`;
      const steps = formatCount(Math.max(...runs.map((run) => run.steps)));
      const whole = runs.length === 1 ? t`${steps} steps` : t`${steps} steps, ${runs.length} runs`;
      const extent = stoppedText(outcome.result) ?? whole;
      return `m=${config.concepts}${dimension}, ${config.optimizer}, ${extent}`;
    }
    case 'preset': {
      const name = outcome.result.title.split(':')[0]!;
      return outcome.result.quick ? t`${name}, quick` : name;
    }
    case 'experiment': {
      const name = experimentTitle(outcome.result.experiment).split(':')[0]!;
      return outcome.result.size === 'quick' ? t`${name}, quick` : name;
    }
    case 'theorems':
      return t`Theorems, seed ${outcome.seed}`;
  }
}
