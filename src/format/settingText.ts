import { t } from '@vscode/l10n';
import type { Bounds, Setting } from '../simulator/config/settingKinds';
import {
  dimensionOf,
  settingOf,
  type SettingKey,
  type SimulationConfig,
} from '../simulator/config/simulationConfig';
import { formatCount } from './numbers';

/** "1 to 10,000"; `null` if the setting has no bounds. */
export function boundsText(setting: Setting): string | null {
  return 'bounds' in setting && setting.bounds !== null ? rangeText(setting.bounds) : null;
}

function rangeText([least, most]: Bounds): string {
  return t`${numberText(least)} to ${most === '2^m' ? most : numberText(most)}`;
}

/** The value of a setting: "SGD", "30,000", "0.3 … 0.7", "all". */
export function settingText(key: SettingKey, config: SimulationConfig): string {
  if (key === 'dimension') return String(dimensionOf(config));
  // An identifier, not a quantity: no thousands separators.
  if (key === 'seed') return String(config.seed);
  const setting = settingOf(key);
  const value = config[key];
  if (value === null) return setting.defaultText ?? '';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? t('yes') : t('no');
  if (typeof value === 'string') return setting.kind === 'choice' ? setting.choices[value]! : t('all');
  if (setting.kind === 'range') return value.join(' … ');
  const parts = value.map((part) => (typeof part === 'object' ? part.join(' → ') : part));
  return parts.length === 0 ? t('none') : parts.join(', ');
}

/** `formatCount` would round 0.9999. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(value);
}
