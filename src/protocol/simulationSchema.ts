import * as v from 'valibot';
import type { Setting } from '../simulator/config/settingKinds';
import {
  settingKeys,
  settingOf,
  type SettingKey,
  type SimulationConfig,
} from '../simulator/config/simulationConfig';
import { experimentNames, experimentSizes } from '../simulator/experiments/experiment';
import { presetNames } from '../simulator/paper/presets';

type Shapes = { readonly [K in SettingKey]: v.GenericSchema<SimulationConfig[K]> };

/** Settings that files of earlier versions lack; without them a run is the same as with their defaults. */
const laterSettings: readonly SettingKey[] = [
  'weightDecay',
  'loss',
  'learner',
  'hiddenWidth',
  'activation',
  'tied',
  'dependence',
  'pointMasses',
];

/** The shape of a config; `checkConfig` checks the bounds. */
export const simulationConfigSchema = v.object(
  // Object.fromEntries loses which value belongs to which key.
  Object.fromEntries(settingKeys.map((key) => [key, fieldOf(key)])) as unknown as Shapes,
) satisfies v.GenericSchema<unknown, SimulationConfig>;

function fieldOf(key: SettingKey): v.GenericSchema {
  const setting = settingOf(key);
  const shape = shapeOf(setting);
  return laterSettings.includes(key) ? v.optional(shape, setting.default) : shape;
}

function shapeOf(setting: Setting): v.GenericSchema {
  switch (setting.kind) {
    case 'number':
      return v.number();
    case 'optional':
      return v.nullable(v.number());
    case 'count':
      return v.union([v.literal('all'), v.number()]);
    case 'range':
      return v.tuple([v.number(), v.number()]);
    case 'flag':
      return v.boolean();
    case 'choice':
      return v.picklist(Object.keys(setting.choices));
    case 'edges':
      return v.nullable(v.array(v.tuple([v.number(), v.number()])));
    case 'contexts':
      return v.nullable(v.array(v.string()));
  }
}

/** Whether a value has the type of the setting. */
export function isSettingValue(key: SettingKey, value: unknown): boolean {
  return value !== undefined && v.is(simulationConfigSchema.entries[key], value);
}

/** An experiment and the changes to it. */
export const experimentChoiceFields = {
  experiment: v.picklist(experimentNames),
  size: v.picklist(experimentSizes),
  seed: v.number(),
  runs: v.nullable(v.number()),
  steps: v.nullable(v.number()),
};

/** A task that the panel requests. */
export const simulationTaskSchema = v.variant('kind', [
  v.object({ kind: v.literal('simulation'), config: simulationConfigSchema, runs: v.number() }),
  v.object({
    kind: v.literal('preset'),
    preset: v.picklist(presetNames),
    quick: v.boolean(),
    seed: v.number(),
    runs: v.nullable(v.number()),
    steps: v.nullable(v.number()),
  }),
  v.object({ kind: v.literal('experiment'), ...experimentChoiceFields }),
  v.object({ kind: v.literal('theorems'), seed: v.number() }),
]);
