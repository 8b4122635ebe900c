import { bounds } from '../../../src/simulator/config/checkConfig';
import type { SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { chooserOf } from './chooser';
import type { Settings } from './settings';

/** How settings are changed, all or one. */
export function settingsChooser(ui: UiState, actions: Actions) {
  const { settings } = ui.simulator;
  const choose = (next: Settings): void => {
    chooserOf(ui, actions)({ settings: next, edgeProblem: null });
  };
  const change = (part: Partial<SimulationConfig>): void => {
    choose({ ...settings, config: { ...settings.config, ...part } });
  };
  return { choose, change };
}

export function limits(name: keyof typeof bounds): { readonly least: number; readonly most: number } {
  const [least, most] = bounds[name];
  return { least, most };
}
