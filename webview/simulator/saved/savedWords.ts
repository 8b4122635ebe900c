import { formatCosine, plural } from '../../../src/format/numbers';
import type { SimulationOutcome } from '../../../src/protocol/simulationMessages';
import { defined } from '../runs/defined';

/** What came of a task, in a line. */
export function outcomeWords(outcome: SimulationOutcome): string {
  switch (outcome.kind) {
    case 'simulation': {
      const { mean, runs } = outcome.result;
      const [u, e, ue] = [mean.u, mean.e, mean.ue].map((value) => formatCosine(defined(value)));
      return `U ${u!} · E ${e!} · UE ${ue!} · ${plural(runs.length, 'run')}`;
    }
    case 'preset':
      return `${plural(outcome.result.rows.length, 'row')}, ${outcome.result.quick ? 'quick' : 'full'}`;
    case 'theorems': {
      const { checks } = outcome;
      return `${checks.filter(({ holds }) => holds).length} of ${checks.length} hold`;
    }
  }
}
