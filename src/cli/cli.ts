#!/usr/bin/env node
import { join } from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { version } from '../../package.json';
import { createEngineMethods, type EngineMethods } from '../engine/engineMethods';
import { noteOtherFiles } from './noteOtherFiles';
import { terminal, type Output } from './output';
import { probeCommand } from './probeCommand';
import { modelText } from './textReport';
import { unembeddingCommand, type UnembeddingOptions } from './unembeddingCommand';
import { usage, UsageError } from './usage';

type Options = NonNullable<ParseArgsConfig['options']>;

const text = { type: 'string' } as const;
const model = { model: text };
const probeOptions = { ...model, seed: text, json: text, csv: text, html: text };

/** One entry a command: reads its arguments and does it. */
const commands: Readonly<Record<string, (args: string[], methods: EngineMethods, output: Output) => void>> = {
  probe(args, methods, output) {
    const { values, positionals } = parse(withJsonTarget(args), probeOptions, true);
    if (positionals.length === 0)
      throw new UsageError('probe needs a concept file, a pair file or a folder.');
    const { json = null, csv = null, html = null } = values;
    const seed = wholeNumber(values.seed ?? '0', '--seed');
    probeCommand(
      { inputs: positionals, model: values.model ?? null, seed, json, csv, html },
      methods,
      output,
    );
  },
  model(args, methods, output) {
    const { values } = parse(args, { ...model, json: { type: 'boolean' } } as const, false);
    const details = methods.details({ model: values.model ?? null }, () => undefined);
    noteOtherFiles(details, values.model ?? null, output);
    output.print(
      values.json ? `${JSON.stringify({ schema: 1, ...details }, null, 2)}\n` : modelText(details),
    );
  },
  unembedding(args, methods, output) {
    const options = { ...model, ids: text, words: text, all: { type: 'boolean' }, npy: text } as const;
    const { values } = parse(args, options, false);
    if (values.npy === undefined) throw new UsageError('unembedding needs --npy FILE.');
    unembeddingCommand(
      { model: values.model ?? null, choice: rowChoice(values), npy: values.npy },
      methods,
      output,
    );
  },
};

function rowChoice(values: { ids?: string; words?: string; all?: boolean }): UnembeddingOptions['choice'] {
  const { ids, words, all } = values;
  if ([ids, words, all].filter((value) => value !== undefined).length !== 1) {
    throw new UsageError('unembedding needs exactly one of --ids, --words and --all.');
  }
  if (ids !== undefined) return { ids: ids.split(',').map((id) => wholeNumber(id.trim(), '--ids')) };
  return words === undefined ? 'all' : { words: words.split(',').map((word) => word.trim()) };
}

/**
 * `--json` may stand without a value; parseArgs knows no such option. What follows it is its file if it ends in `.json`
 * and is not what would be probed.
 */
function withJsonTarget(args: readonly string[]): string[] {
  const at = args.indexOf('--json');
  if (at < 0) return [...args];
  const alone = args.with(at, '--json=-');
  const next = args[at + 1];
  const isFile = next !== undefined && /\.json$/iu.test(next) && !/\.concepts\.json$/iu.test(next);
  const inputs = isFile ? parse(alone.toSpliced(at + 1, 1), probeOptions, true).positionals : [];
  return inputs.length > 0 ? [...args] : alone;
}

function wholeNumber(text: string, option: string): number {
  const value = Number(text);
  if (!/^\d+$/u.test(text) || !Number.isSafeInteger(value))
    throw new UsageError(`${option} needs whole numbers, not “${text}”.`);
  return value;
}

function parse<T extends Options>(args: string[], options: T, allowPositionals: boolean) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    throw new UsageError((error as Error).message.split('\n')[0]);
  }
}

function main(args: readonly string[]): number {
  const [name, ...rest] = args;
  if (name === '--version') {
    terminal.print(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === 'help' || args.includes('--help')) {
    terminal.print(usage);
    return name === undefined ? 2 : 0;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) throw new UsageError(`There is no command ${name}; see concept-probe --help.`);
    command(rest, createEngineMethods(join(__dirname, 'models')), terminal);
    return 0;
  } catch (error) {
    terminal.progress(null);
    terminal.note(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

// A reader that has seen enough, as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});
process.exitCode = main(process.argv.slice(2));
