import type { Setting } from './settingKinds';
import { settingTable } from './settingTable';

export type SettingKey = keyof typeof settingTable;

/** Everything that a run follows from, plain data: the same config and seed give the same numbers. */
export type SimulationConfig = {
  readonly [K in SettingKey]: (typeof settingTable)[K]['default'];
};

export type Optimizer = SimulationConfig['optimizer'];
export type Loss = SimulationConfig['loss'];

export const settingKeys = Object.keys(settingTable) as readonly SettingKey[];

export function settingOf(key: SettingKey): Setting {
  return settingTable[key];
}

/** @param valueOf the value of each setting, of its type */
export function makeConfig(valueOf: (key: SettingKey) => unknown): SimulationConfig {
  // Object.fromEntries loses which value belongs to which key.
  return Object.fromEntries(settingKeys.map((key) => [key, valueOf(key)])) as unknown as SimulationConfig;
}

export const defaultSimulation = makeConfig((key) => settingTable[key].default);

/** The optimizer's learning rate in the paper (J § 3). Sign descent, which it does not use, also moves by the rate in each step. */
export function defaultLearningRate(optimizer: Optimizer): number {
  return optimizer === 'adam' || optimizer === 'sign' ? 0.001 : 0.1;
}

/** k. */
export function dimensionOf({ concepts, dimension }: SimulationConfig): number {
  return dimension ?? concepts;
}

/** Whether a setting has an effect beside the others. */
export function isUsed(key: SettingKey, config: SimulationConfig): boolean {
  const conditions = Object.entries(settingOf(key).usedWith ?? {});
  return conditions.every(([other, values]) => values.includes(config[other as SettingKey]));
}
