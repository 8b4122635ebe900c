import { UsageError } from '../errors';
import { parseArgs, type ParseArgsConfig } from 'node:util';

export type Options = NonNullable<ParseArgsConfig['options']>;

export function oneOf<T extends string>(choices: readonly T[], text: string, option: string): T {
  const choice = choices.find((known) => known === text);
  if (choice === undefined) throw new UsageError(`${option} is one of ${choices.join(', ')}, not “${text}”.`);
  return choice;
}

export function share(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0 && value <= 1))
    throw new UsageError(`${option} needs a number from 0 to 1, not “${text}”.`);
  return value;
}

export function wholeNumber(text: string, option: string, most = Number.MAX_SAFE_INTEGER): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || !Number.isSafeInteger(value))
    throw new UsageError(`${option} needs whole numbers, not “${text}”.`);
  if (value > most) throw new UsageError(`${option} is at most ${most}, not ${text}.`);
  return value;
}

export function parse<T extends Options>(args: string[], options: T, allowPositionals: boolean) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}
