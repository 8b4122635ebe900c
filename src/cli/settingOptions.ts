import { UsageError } from '../errors';
import { boundsText, numberText } from '../format/settingText';
import type { Setting } from '../simulator/config/settingKinds';
import {
  defaultLearningRate,
  defaultSimulation,
  makeConfig,
  settingKeys,
  settingOf,
  type SettingKey,
  type SimulationConfig,
} from '../simulator/config/simulationConfig';
import type { Edge } from '../simulator/world/graph';
import type { Option } from './command';
import { oneOf, wholeNumber } from './readArguments';

/** An option for each setting of the simulator, by name without the dashes. */
export const settingOptions: Readonly<Record<string, Option>> = Object.fromEntries(
  settingKeys.map((key) => [optionName(key), optionOf(settingOf(key))]),
);

/** The config given by the options, with defaults for the rest. @throws UsageError for a value that cannot be parsed */
export function configOfOptions(values: Readonly<Record<string, unknown>>): SimulationConfig {
  const config = makeConfig((key) => {
    const given = values[optionName(key)];
    return typeof given === 'string' ? readSetting(key, given) : (given ?? defaultSimulation[key]);
  });
  const hasRate = values[optionName('learningRate')] !== undefined;
  return hasRate ? config : { ...config, learningRate: defaultLearningRate(config.optimizer) };
}

/** `mask-rate` of `--mask-rate P`. */
function optionName(key: SettingKey): string {
  return settingOf(key).flag.split(' ')[0]!.slice(2);
}

function optionOf(setting: Setting): Option {
  const notes = [boundsText(setting), defaultOf(setting)].filter((note) => note !== null).join('; ');
  const shown = { help: notes === '' ? setting.help : `${setting.help} (${notes})`, section: 'Settings' };
  if (setting.kind === 'flag') return { type: 'boolean', ...shown };
  const [, placeholder] = setting.flag.split(' ');
  const choices = setting.kind === 'choice' ? Object.keys(setting.choices).join('|') : '';
  return { type: 'string', placeholder: placeholder ?? choices, ...shown };
}

function defaultOf({ kind, default: usual, defaultText }: Setting): string | null {
  if (kind === 'flag') return null;
  return `default: ${defaultText ?? (typeof usual === 'number' ? numberText(usual) : String(usual))}`;
}

/** Parses the value of a setting's option; `checkConfig` checks its bounds. @throws UsageError */
function readSetting(key: SettingKey, text: string): unknown {
  const setting = settingOf(key);
  const option = `--${optionName(key)}`;
  switch (setting.kind) {
    case 'number':
      return setting.bounds === null ? wholeNumber(text, option) : realNumber(text, option);
    case 'optional':
      return realNumber(text, option);
    case 'count':
      return text === 'all' ? text : wholeNumber(text, option);
    case 'range':
      return rangeOf(text, option);
    case 'choice':
      return oneOf(Object.keys(setting.choices), text, option);
    case 'edges':
      return edgesOf(text, option);
    case 'contexts':
      return text.split(',').map((context) => context.trim());
    case 'flag':
      return true;
  }
}

function realNumber(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} needs a number, not “${text}”.`);
  return value;
}

/** `0-1,1-2`: from and to; empty: no edges. */
function edgesOf(text: string, option: string): Edge[] {
  if (text.trim() === '') return [];
  return text.split(',').map((edge) => {
    const [, from, to] = /^\s*(\d+)-(\d+)\s*$/u.exec(edge) ?? [];
    if (from === undefined || to === undefined)
      throw new UsageError(`${option} needs edges such as 0-1,1-2, not “${edge}”.`);
    return [Number(from), Number(to)];
  });
}

function rangeOf(text: string, option: string): [number, number] {
  const parts = text.split(',');
  if (parts.length !== 2)
    throw new UsageError(`${option} needs two numbers, such as 0.3,0.7, not “${text}”.`);
  return [realNumber(parts[0]!, option), realNumber(parts[1]!, option)];
}
