import { t } from '@vscode/l10n';
import { formatDecimal } from '../../../src/format/numbers';
import { plural } from '../../../src/format/plural';
import { stoppedExperimentText } from '../../../src/format/stoppedText';
import type { SimulationOutcome } from '../../../src/protocol/simulationMessages';
import { orNaN } from '../runs/orNaN';

/** Summarizes the outcome of a task in one line. */
export function outcomeText(outcome: SimulationOutcome): string {
  switch (outcome.kind) {
    case 'simulation': {
      const { mean, runs } = outcome.result;
      const [u, e, ue] = [mean.u, mean.e, mean.ue].map((value) => formatDecimal(orNaN(value), 3));
      return `U ${u!} · E ${e!} · UE ${ue!} · ${plural(runs.length, 'run')}`;
    }
    case 'preset': {
      const rows = plural(outcome.result.rows.length, 'row');
      return outcome.result.quick ? t`${rows}, quick` : t`${rows}, full`;
    }
    case 'experiment': {
      const { points, size } = outcome.result;
      const extent = stoppedExperimentText(outcome.result) ?? plural(points.length, 'point');
      return size === 'quick' ? t`${extent}, quick` : t`${extent}, full`;
    }
    case 'theorems': {
      const { checks } = outcome;
      return t`${checks.filter(({ holds }) => holds).length} of ${checks.length} hold`;
    }
  }
}
