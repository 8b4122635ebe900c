#!/usr/bin/env node
import { UsageError } from '../errors';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { version } from '../../package.json';
import { tokenPolicies, type TokenPolicy } from '../concepts/tokenRule';
import { directionChoices } from '../geometry/conceptDirection';
import { innerProducts, type InnerProduct } from '../protocol/geometryResult';
import { modelChoice, type ModelChoice } from '../protocol/modelChoice';
import { defaultProbeSettings, mostDraws } from '../protocol/probeResult';
import { createEngineMethods, type EngineMethods } from '../engine/engineMethods';
import type { SteeredLayers } from '../export/steeringFiles';
import { splitQuoted } from '../concepts/lists/cells';
import { analogyCommand } from './analogyCommand';
import type { ConceptOptions } from './conceptInputs';
import { directionCommand } from './directionCommand';
import { embedCommand, type EmbedOptions } from './embedCommand';
import { importCommand } from './importCommand';
import { noteOtherFiles } from './noteOtherFiles';
import { stdoutSentence, terminal, type Output } from './output';
import { probeCommand } from './probeCommand';
import { oneOf, parse, share, wholeNumber } from './readArguments';
import { simulateCommand } from './simulateCommand';
import { simulateOptions, simulateValues } from './simulateOptions';
import { modelText } from './textReport';
import { unembeddingCommand, type UnembeddingOptions } from './unembeddingCommand';
import { usage } from './usage';
import {
  cacheCommand,
  findPairsCommand,
  neighboursCommand,
  vocabularyCommand,
  type AxisOptions,
} from './vocabularyCommands';

const text = { type: 'string' } as const;
/** In `embed`, `--file` names the texts; there `--model` may name the .onnx file itself. */
const model = { model: text, file: text, output: text };
const flag = { type: 'boolean' } as const;
const conceptOptions = {
  ...model,
  ...{ tokens: text, 'no-leading-space': flag, columns: text, 'no-header': flag },
};
const geometryOptions = {
  ...{ ...conceptOptions, seed: text, product: text, direction: text, ridge: text },
  'all-rows': flag,
};
const probeOptions = {
  ...geometryOptions,
  ...{ 'random-pairs': text, permutations: text, bootstrap: text, compare: text, 'include-self': flag },
  ...{ json: text, csv: text, npy: text, html: text },
};
const axisOptions = { ...geometryOptions, concept: text, count: text, json: flag };

/** More than any model has. */
const mostLayers = 10_000;

/** What a simulation's threads start. */
const simulatorScript = join(__dirname, 'simulator.js');

type Command = (args: string[], methods: EngineMethods, output: Output) => void | Promise<void>;

/** One entry a command: reads its arguments and does it. */
const commands: Readonly<Record<string, Command>> = {
  probe(args, methods, output) {
    const { values, positionals } = parse(withJsonTarget(args), probeOptions, true);
    if (positionals.length === 0)
      throw new UsageError('probe needs a concept file, a list of pairs or a folder.');
    const { compare = null, json = null, csv = null, npy = null, html = null } = values;
    const { seed, direction, ridge, allRows } = geometryValues(values);
    const defaults = defaultProbeSettings;
    const settings = {
      ...{ direction, ridge, allRows, products: productsOf(values.product ?? 'both') },
      randomPairs: wholeNumber(
        values['random-pairs'] ?? String(defaults.randomPairs),
        '--random-pairs',
        mostDraws,
      ),
      permutations: wholeNumber(
        values.permutations ?? String(defaults.permutations),
        '--permutations',
        mostDraws,
      ),
      bootstrap: wholeNumber(values.bootstrap ?? String(defaults.bootstrap), '--bootstrap', mostDraws),
    };
    const includeSelf = values['include-self'] ?? false;
    return probeCommand(
      {
        ...conceptValues(values, positionals),
        ...{ seed, settings, includeSelf, compare, json, csv, npy, html },
      },
      methods,
      output,
    );
  },
  import(args, methods, output) {
    const { values, positionals } = parse(args, { ...conceptOptions, save: text }, true);
    if (positionals.length === 0) throw new UsageError('import needs a list of pairs or a folder of them.');
    const { save = null } = values;
    if (save !== null && !/\.concepts\.json$/iu.test(save))
      throw new UsageError(`--save needs a name that ends in .concepts.json, not “${save}”.`);
    return importCommand({ ...conceptValues(values, positionals), save }, methods, output);
  },
  vocabulary(args, methods, output) {
    const { values, positionals } = parse(args, { ...axisOptions, against: text, npy: text }, true);
    const { against = null, npy = null } = values;
    const options = axisValues('vocabulary', values, positionals, 20);
    return vocabularyCommand({ ...options, against, npy }, methods, output);
  },
  neighbours(args, methods, output) {
    const { values, positionals } = parse(args, { ...axisOptions, base: text }, true);
    const { base } = values;
    if (base === undefined) throw new UsageError('neighbours needs --base WORD.');
    return neighboursCommand({ ...axisValues('neighbours', values, positionals, 20), base }, methods, output);
  },
  'find-pairs'(args, methods, output) {
    const { values, positionals } = parse(args, axisOptions, true);
    return findPairsCommand(axisValues('find-pairs', values, positionals, 30), methods, output);
  },
  analogy(args, methods, output) {
    const { values, positionals } = parse(args, { ...geometryOptions, concept: text, json: flag }, true);
    if (positionals.length === 0) throw new UsageError('analogy needs a concept file.');
    const { ridge, allRows } = geometryValues(values);
    const { concept = null, json = false } = values;
    const products = productsOf(values.product ?? 'both');
    return analogyCommand(
      { ...conceptValues(values, positionals), ridge, allRows, products, concept, json },
      methods,
      output,
    );
  },
  direction(args, methods, output) {
    const files = { npy: text, safetensors: text, gguf: text, layers: text };
    const { values, positionals } = parse(args, { ...geometryOptions, concept: text, ...files }, true);
    const { concept, npy = null, safetensors = null, gguf = null } = values;
    if (positionals.length === 0) throw new UsageError('direction needs a concept file.');
    if (concept === undefined) throw new UsageError('direction needs --concept NAME, one of the file’s.');
    if (npy === null && safetensors === null && gguf === null)
      throw new UsageError('direction needs --npy DIR, --safetensors FILE or --gguf FILE.');
    if (values.layers !== undefined && gguf === null)
      throw new UsageError('--layers is for the control vector of --gguf FILE.');
    const layers = values.layers === undefined ? null : layerRange(values.layers);
    const products = productsOf(values.product ?? 'both');
    return directionCommand(
      {
        ...geometryValues(values),
        ...conceptValues(values, positionals),
        ...{ products, concept, npy, safetensors, gguf, layers },
      },
      methods,
      output,
    );
  },
  cache(args, methods, output) {
    const [what, ...rest] = args;
    if ((what !== 'info' && what !== 'clear') || rest.length > 0)
      throw new UsageError('cache is followed by info or clear.');
    cacheCommand(what === 'clear', methods, output);
  },
  model(args, methods, output) {
    const { values } = parse(args, { ...model, json: { type: 'boolean' } } as const, false);
    const chosen = modelOf(values);
    const details = methods.details({ model: chosen }, () => undefined);
    noteOtherFiles(details, chosen, output);
    output.print(
      values.json ? `${JSON.stringify({ schema: 1, ...details }, null, 2)}\n` : modelText(details),
    );
  },
  unembedding(args, methods, output) {
    const options = { ...model, ids: text, words: text, all: { type: 'boolean' }, npy: text } as const;
    const { values } = parse(args, options, false);
    if (values.npy === undefined) throw new UsageError('unembedding needs --npy FILE.');
    return unembeddingCommand(
      { model: modelOf(values), choice: rowChoice(values), npy: values.npy },
      methods,
      output,
    );
  },
  embed(args, methods, output) {
    const options = {
      model: text,
      output: text,
      text,
      file: text,
      ids: text,
      'all-positions': { type: 'boolean' },
      npy: text,
    } as const;
    const { values } = parse(args, options, false);
    const { npy, 'all-positions': allPositions = false } = values;
    if (npy === undefined) throw new UsageError('embed needs --npy FILE.');
    const choice = contextChoice(values);
    const chosen = modelOf({ ...values, file: undefined });
    return embedCommand({ model: chosen, choice, allPositions, npy }, methods, output);
  },
  simulate(args, _methods, output) {
    const { task, ...options } = simulateValues(parse(args, simulateOptions, false).values);
    return simulateCommand(task, { ...options, script: simulatorScript }, output);
  },
  theorems(args, _methods, output) {
    const { values } = parse(args, { seed: text, json: flag }, false);
    const task = { kind: 'theorems', seed: wholeNumber(values.seed ?? '0', '--seed') } as const;
    const options = { json: values.json ?? false, threads: 1, save: null, csv: null, npy: null };
    return simulateCommand(task, { ...options, script: simulatorScript }, output);
  },
};

interface ConceptValues {
  readonly model?: string;
  readonly file?: string;
  readonly output?: string;
  readonly tokens?: string;
  readonly 'no-leading-space'?: boolean;
  readonly columns?: string;
  readonly 'no-header'?: boolean;
}

function conceptValues(values: ConceptValues, inputs: readonly string[]): ConceptOptions {
  const { tokens, columns } = values;
  return {
    ...{ inputs, model: modelOf(values) },
    policy: tokens === undefined ? null : tokenPolicy(tokens),
    leadingSpace: values['no-leading-space'] ? false : null,
    list: {
      ...(columns !== undefined && { columns: columnPair(columns) }),
      ...(values['no-header'] && { header: false }),
    },
  };
}

/** Names may be quoted, as in CSV. */
function columnPair(columns: string): readonly [string, string] {
  const [base, target, ...more] = splitQuoted(columns, ',');
  if (!base || !target || more.length > 0)
    throw new UsageError(
      `--columns needs two names or numbers, such as base,target or 2,3, not “${columns}”.`,
    );
  return [base, target];
}

interface GeometryValues {
  readonly seed?: string;
  readonly direction?: string;
  readonly ridge?: string;
  readonly 'all-rows'?: boolean;
}

function geometryValues({ seed, direction, ridge, 'all-rows': allRows = false }: GeometryValues) {
  return {
    seed: wholeNumber(seed ?? '0', '--seed'),
    direction: oneOf(directionChoices, direction ?? 'mean', '--direction'),
    ridge: ridge === undefined ? null : share(ridge, '--ridge'),
    allRows,
  };
}

function productsOf(product: string): readonly InnerProduct[] {
  const choice = oneOf([...innerProducts, 'both'] as const, product, '--product');
  return choice === 'both' ? innerProducts : [choice];
}

type AxisValues = GeometryValues &
  ConceptValues & {
    readonly product?: string;
    readonly concept?: string;
    readonly count?: string;
    readonly json?: boolean;
  };

function axisValues(
  command: string,
  values: AxisValues,
  inputs: readonly string[],
  defaultCount: number,
): AxisOptions {
  const { concept, product, count, json = false } = values;
  if (inputs.length === 0) throw new UsageError(`${command} needs a concept file.`);
  if (concept === undefined) throw new UsageError(`${command} needs --concept NAME, one of the file’s.`);
  return {
    ...geometryValues(values),
    ...conceptValues(values, inputs),
    ...{ concept, json },
    product: oneOf(innerProducts, product ?? 'causal', '--product'),
    count: wholeNumber(count ?? String(defaultCount), '--count'),
  };
}

interface ModelValues {
  readonly model?: string | undefined;
  readonly file?: string | undefined;
  readonly output?: string | undefined;
}

function modelOf({ model, file, output = '' }: ModelValues): ModelChoice {
  if (model === undefined) {
    if (file !== undefined)
      throw new UsageError('--file names an ONNX file in the folder of --model; give both.');
    if (output !== '') throw new UsageError('--output names an output of the model of --model; give both.');
    return null;
  }
  return modelChoice(file === undefined ? model : join(model, file), output);
}

/** `31`, or `20-31`: blocks of the model, from 1. */
function layerRange(text: string): SteeredLayers {
  const [, first, last = first] = /^(\d+)(?:-(\d+))?$/u.exec(text) ?? [];
  const layers = { first: Number(first), last: Number(last) };
  if (first === undefined || layers.first < 1 || layers.last < layers.first || layers.last > mostLayers)
    throw new UsageError(
      `--layers needs a block from 1 on, such as 31, or a range, such as 20-31, not “${text}”.`,
    );
  return layers;
}

function contextChoice(values: { text?: string; file?: string; ids?: string }): EmbedOptions['choice'] {
  const { text, file, ids } = values;
  if ([text, file, ids].filter((value) => value !== undefined).length !== 1) {
    throw new UsageError('embed needs exactly one of --text, --file and --ids.');
  }
  if (ids !== undefined) return { ids: idList(ids) };
  return file === undefined ? { text: text ?? '' } : { file };
}

function idList(text: string): number[] {
  return text.split(',').map((id) => wholeNumber(id.trim(), '--ids'));
}

function tokenPolicy(text: string): TokenPolicy {
  return oneOf(tokenPolicies, text, '--tokens');
}

function rowChoice(values: { ids?: string; words?: string; all?: boolean }): UnembeddingOptions['choice'] {
  const { ids, words, all } = values;
  if ([ids, words, all].filter((value) => value !== undefined).length !== 1) {
    throw new UsageError('unembedding needs exactly one of --ids, --words and --all.');
  }
  if (ids !== undefined) return { ids: idList(ids) };
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
  if (isFile && isForeignJson(next))
    throw new UsageError(`--json would write over ${next}, which is no result of ours; name another file.`);
  const inputs = isFile ? parse(alone.toSpliced(at + 1, 1), probeOptions, true).positionals : [];
  return inputs.length > 0 ? [...args] : alone;
}

/** Lists of pairs may be JSON: one beside `--json` is not written over. */
function isForeignJson(path: string): boolean {
  return existsSync(path) && !/^\s*\{\s*"schema"/u.test(readFileSync(path, 'utf8').slice(0, 200));
}

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    terminal.progress(null);
    terminal.note(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    terminal.print(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === 'help' || args.includes('--help')) {
    terminal.print(usage);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) throw new UsageError(`There is no command ${name}; see concept-probe --help.`);
  await command(rest, createEngineMethods(join(__dirname, 'models')), terminal);
  return 0;
}

// A reader that has seen enough, such as `head`, is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  terminal.note(stdoutSentence(error));
  process.exit(1);
});
void main(process.argv.slice(2)).then((code) => {
  // Once all is written there is nothing to wait for.
  process.stdout.write('', () => process.exit(code));
});
