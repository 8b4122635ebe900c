import type { TemplateResult } from 'lit';
import { isolated } from '../../../src/format/isolated';
import type { PanelState } from '../../../src/protocol/panelMessages';
import type { SavedSimulation } from '../../../src/protocol/simulationMessages';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { compareView } from './compareView';
import { experimentView } from '../experiments/experimentView';
import { presetView } from '../paper/presetView';
import { runsView } from './runsView';
import { shownAtMoment, shownOfResult, type ShownRuns } from './shownRuns';
import { theoremsView } from '../paper/theoremsView';

/** A saved simulation, alone or next to another one. */
export function outcomeView(
  saved: SavedSimulation,
  compared: SavedSimulation | null,
  state: PanelState,
  ui: UiState,
  actions: Actions,
): TemplateResult {
  const { outcome } = saved;
  switch (outcome.kind) {
    case 'simulation':
      if (compared?.outcome.kind === 'simulation') {
        const a = { name: isolated(saved.name), result: outcome.result };
        const b = { name: isolated(compared.name), result: compared.outcome.result };
        return compareView(a, b, ui, actions);
      }
      return runsView(
        { shown: shownNow(outcome.result, ui), title: isolated(saved.name), result: outcome.result },
        state,
        ui,
        actions,
      );
    case 'preset':
      return presetView(outcome.result, ui, actions);
    case 'experiment':
      return experimentView(outcome.result);
    case 'theorems':
      return theoremsView(outcome.checks, outcome.seed);
  }
}

function shownNow(result: SimulationResult, { simulator: { moment } }: UiState): ShownRuns {
  return moment === null ? shownOfResult(result) : shownAtMoment(result, moment);
}
