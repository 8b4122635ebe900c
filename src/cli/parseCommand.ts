import { parseArgs } from 'node:util';
import { UsageError } from '../errors';
import type { Command, Given, Option, Options, Values } from './command';

type Arguments<O extends Options> = Pick<Command<O>, 'name' | 'inputs' | 'options' | 'exactlyOneOf'>;

/** Parses the arguments of a command according to its descriptor. @throws UsageError */
export function parseCommand<O extends Options>(
  { name, inputs, options, exactlyOneOf }: Arguments<O>,
  args: readonly string[],
): Given<O> {
  const { values, positionals } = split(args, options, inputs !== null);
  if (inputs && positionals.length === 0) throw new UsageError(`${name} needs ${inputs.needs}.`);
  for (const [option, described] of Object.entries<Option>(options)) {
    const required = described.type === 'string' ? described.required : undefined;
    if (required !== undefined && values[option] === undefined)
      throw new UsageError(`${name} needs --${option} ${required}.`);
  }
  if (exactlyOneOf && exactlyOneOf.filter((option) => values[option] !== undefined).length !== 1) {
    const names = exactlyOneOf.map((option) => `--${option}`);
    throw new UsageError(
      `${name} needs exactly one of ${names.slice(0, -1).join(', ')} and ${names.at(-1)}.`,
    );
  }
  const read = Object.entries(values).map(([option, value]) => {
    const { read: readText } = options[option] as { read?: (text: string, option: string) => unknown };
    return [option, typeof value === 'string' && readText ? readText(value, `--${option}`) : value];
  });
  return { values: Object.fromEntries(read) as Values<O>, inputs: positionals };
}

/** Splits arguments into positionals and options with their text. @throws UsageError */
export function split(args: readonly string[], options: Options, allowPositionals: boolean) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}
