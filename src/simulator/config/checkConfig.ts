import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import type { Bounds, RangeSetting, Setting } from './settingKinds';
import { dimensionOf, settingKeys, settingOf, type SimulationConfig } from './simulationConfig';

/** @throws UserError that names the setting, its value and what it may be */
export function checkConfig(config: SimulationConfig): void {
  const { concepts, masks, contexts, learner, tied, initialisation } = config;
  for (const key of settingKeys) checkSetting(settingOf(key), config[key], concepts);
  if (dimensionOf(config) > 2 ** concepts)
    throw new UserError(
      t`A dimension of ${dimensionOf(config)} is more than the ${2 ** concepts} tokens of ${concepts} concepts.`,
    );
  if (masks !== 'all' && contexts !== null)
    throw new UserError(t`Give ${masks} random masks or ${contexts.length} contexts, not both.`);
  if (tied && learner === 'table' && initialisation === 'zero-f')
    throw new UserError(
      t('With tied weights, f follows from g and cannot start at zero; choose another initialisation.'),
    );
}

/** @param value of the type that the setting's kind has; edges and contexts are checked by those who read them */
function checkSetting(
  setting: Setting,
  value: SimulationConfig[keyof SimulationConfig],
  concepts: number,
): void {
  const name = nameOf(setting);
  switch (setting.kind) {
    case 'number':
    case 'optional':
      if (value === null) return;
      if (setting.bounds) checkWithin(name, value as number, setting.bounds, setting.isWhole, concepts);
      else if (!Number.isSafeInteger(value))
        throw new UserError(t`${name} needs a whole number, not ${String(value)}.`);
      return;
    case 'count':
      if (value !== 'all') checkWithin(name, value as number, setting.bounds, true, concepts);
      return;
    case 'range':
      checkRange(name, value as RangeSetting['default'], setting.bounds);
      return;
    case 'choice':
      checkChoice(name, value as string, Object.keys(setting.choices));
      return;
    case 'contexts':
      if ((value as readonly string[] | null)?.length === 0)
        throw new UserError(t('The list of contexts is empty.'));
      return;
    case 'flag':
    case 'edges':
      return;
  }
}

function checkWithin(
  name: string,
  value: number,
  [least, most]: Bounds,
  isWhole: boolean,
  concepts: number,
): void {
  checkNumber(name, value, least, most === '2^m' ? 2 ** concepts : most, isWhole);
}

export function checkNumber(
  name: string,
  value: number,
  least: number,
  most: number,
  isWhole: boolean,
): void {
  if (!(value >= least && value <= most) || (isWhole && !Number.isInteger(value)))
    throw new UserError(
      isWhole
        ? t`${name} needs a whole number from ${least} to ${most}, not ${value}.`
        : t`${name} needs a number from ${least} to ${most}, not ${value}.`,
    );
}

function checkRange(
  name: string,
  [low, high]: RangeSetting['default'],
  [least, most]: RangeSetting['bounds'],
): void {
  if (!(low >= least && low <= high && high <= most))
    throw new UserError(t`${name} needs ${least} ≤ low ≤ high ≤ ${most}, not ${low} and ${high}.`);
}

function checkChoice(name: string, value: string, choices: readonly string[]): void {
  if (!choices.includes(value))
    throw new UserError(t`${name} is one of ${choices.join(', ')}, not “${value}”.`);
}

/** "The learning rate" */
function nameOf({ noun, label }: Setting): string {
  return t`The ${noun ?? label}`;
}
