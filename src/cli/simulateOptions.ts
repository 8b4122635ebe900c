import { UsageError } from '../errors';
import { parseSimulation } from '../protocol/simulationFile';
import type { SimulationTask } from '../protocol/simulationMessages';
import { taskOf } from '../protocol/taskOf';
import { experimentNames, experimentSizes } from '../simulator/experiments/experiment';
import { presetNames } from '../simulator/paper/presets';
import type { Option } from './command';
import { oneOf, wholeNumber } from './readArguments';
import { readText } from './readText';
import { configOfOptions, settingOptions } from './settingOptions';

/** What to run, and where the results go. */
const taskOptions = {
  preset: {
    type: 'string',
    placeholder: 'NAME',
    help: `A table or figure of the paper, compared with its numbers: ${presetNames.join(', ')}`,
  },
  experiment: {
    type: 'string',
    placeholder: 'NAME',
    help: `A question with a prediction, answered by a sweep: ${experimentNames.join(', ')}; list describes them`,
  },
  size: {
    type: 'string',
    placeholder: experimentSizes.join('|'),
    help: 'With --experiment: quick takes under two minutes on two cores, full about ten (default: quick)',
  },
  quick: { type: 'boolean', help: 'With --preset: fewer runs and steps' },
  file: { type: 'string', placeholder: 'FILE', help: 'Repeat a simulation that --save or the panel saved' },
  runs: { type: 'string', placeholder: 'R', help: 'Number of runs, with the seeds S, S + 1, … (default: 1)' },
  threads: {
    type: 'string',
    placeholder: 'T',
    help: 'Number of threads that share the runs (default: one per core)',
  },
  json: { type: 'boolean', help: 'Print one JSON document and nothing else' },
  save: { type: 'string', placeholder: 'FILE', help: 'Save the simulation for the panel and for --file' },
  csv: { type: 'string', placeholder: 'DIR', help: 'Write settings, curves and maps as CSV files' },
  npy: {
    type: 'string',
    placeholder: 'DIR',
    help: 'Write f, g and the heat maps of the first run as NumPy files',
  },
} as const satisfies Readonly<Record<string, Option>>;

/** Options of `concept-probe simulate`, by name. */
export const simulateOptions: Readonly<Record<string, Option>> = { ...taskOptions, ...settingOptions };

type Values = Readonly<Record<string, unknown>>;

interface Common {
  readonly json: boolean;
  readonly threads: number | null;
  /** A `*.simulation.json` for the panel. */
  readonly save: string | null;
  /** Folders for tables and matrices. */
  readonly csv: string | null;
  readonly npy: string | null;
}
export type SimulateChoice = Common & { readonly task: SimulationTask };

/** Options that can be combined with a task that has its own settings. */
const ways = ['threads', 'json', 'save', 'csv', 'npy'];

/** What to simulate. @throws UsageError for options that cannot be parsed; the simulator checks bounds */
export function simulateValues(values: Values): SimulateChoice {
  const text = (name: string): string | null => {
    const given = values[name];
    return typeof given === 'string' ? given : null;
  };
  const whole = (name: 'runs' | 'steps' | 'threads' | 'seed'): number | null => {
    const given = text(name);
    return given === null ? null : wholeNumber(given, `--${name}`);
  };
  const threads = whole('threads');
  if (threads === 0) throw new UsageError('--threads needs at least 1, not “0”.');
  const json = values['json'] === true;
  const common = { json, threads, save: text('save'), csv: text('csv'), npy: text('npy') };
  const refuseOthers = (option: string, free: readonly string[]): void => {
    const other = Object.keys(values).find((name) => ![...ways, ...free].includes(name));
    if (other !== undefined)
      throw new UsageError(`--${option} has its own settings, so --${other} cannot be given.`);
  };
  const file = text('file');
  if (file !== null) {
    refuseOthers('file', ['file']);
    return { ...common, task: taskOf(parseSimulation(readText(file), file).outcome) };
  }
  const experiment = text('experiment');
  const changes = { seed: whole('seed') ?? 0, runs: whole('runs'), steps: whole('steps') };
  if (experiment !== null) {
    refuseOthers('experiment', ['experiment', 'size', 'seed', 'runs', 'steps']);
    const name = oneOf(experimentNames, experiment, '--experiment');
    const size = oneOf(experimentSizes, text('size') ?? 'quick', '--size');
    return { ...common, task: { kind: 'experiment', experiment: name, size, ...changes } };
  }
  if (text('size') !== null) throw new UsageError('--size applies only to --experiment.');
  const preset = text('preset');
  const quick = values['quick'] === true;
  if (preset === null) {
    if (quick)
      throw new UsageError('--quick applies only to --preset; without a preset, give --runs and --steps.');
    const config = configOfOptions(values);
    return { ...common, task: { kind: 'simulation', config, runs: whole('runs') ?? 1 } };
  }
  refuseOthers('preset', ['preset', 'quick', 'seed', 'runs', 'steps']);
  const name = oneOf(presetNames, preset, '--preset');
  return { ...common, task: { kind: 'preset', preset: name, quick, ...changes } };
}
