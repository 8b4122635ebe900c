import { UsageError } from '../errors';
import { splitQuoted } from '../concepts/lists/cells';

export function oneOf<T extends string>(choices: readonly T[], text: string, option: string): T {
  const choice = choices.find((known) => known === text);
  if (choice === undefined)
    throw new UsageError(`${option} must be one of ${choices.join(', ')}, not “${text}”.`);
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
  if (value > most) throw new UsageError(`${option} must be at most ${most}, not ${text}.`);
  return value;
}

/** `1,2,3`. */
export function wholeNumbers(text: string, option: string): readonly number[] {
  return text.split(',').map((number) => wholeNumber(number.trim(), option));
}

/** `base,target` or `2,3`; names may be quoted, as in CSV. */
export function twoColumns(text: string, option: string): readonly [string, string] {
  const [base, target, ...more] = splitQuoted(text, ',');
  if (!base || !target || more.length > 0)
    throw new UsageError(`${option} needs two names or numbers, such as base,target or 2,3, not “${text}”.`);
  return [base, target];
}
