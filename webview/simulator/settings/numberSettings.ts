import type { Actions } from '../../state/actions';
import type { UiState } from '../../state/uiState';
import { numberField } from './fields';
import type { NumberKey } from './readConfig';
import { limits, settingsChooser } from './settingsChooser';
import { settingTitles as titles } from './settingTitles';

/** Fields of settings that are one number. */
export function numberSettings(ui: UiState, actions: Actions) {
  const { change } = settingsChooser(ui, actions);
  return (name: Exclude<NumberKey, 'seed'>, label: string, step: number | 'any', disabled = false) =>
    numberField({
      id: name,
      label,
      title: titles[name],
      value: ui.simulator.settings.config[name],
      ...limits(name),
      step,
      disabled,
      choose: (value) => {
        change({ [name]: value });
      },
    });
}
