import { presetNames, presetOf, type PresetName } from '../../../src/simulator/paper/presets';

/** "Table 1: SGD, complete contexts" */
export const presetTitles = Object.fromEntries(
  presetNames.map((name) => [name, presetOf(name, true, 0).title]),
) as Readonly<Record<PresetName, string>>;
