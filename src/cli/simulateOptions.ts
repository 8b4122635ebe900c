import { UsageError } from '../errors';
import type { Edge } from '../simulator/world/graph';
import type { SimulationTask } from '../protocol/simulationMessages';
import { presetNames } from '../simulator/paper/presets';
import {
  defaultLearningRate,
  defaultSimulation,
  initialisations,
  optimizers,
  type SimulationConfig,
} from '../simulator/config/simulationConfig';
import { parseSimulation } from '../protocol/simulationFile';
import { taskOf } from '../protocol/taskOf';
import { oneOf, wholeNumber } from './readArguments';
import { readText } from './readText';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Options of `concept-probe simulate`, as parseArgs wants them. */
export const simulateOptions = {
  ...{ concepts: text, dimension: text, runs: text, steps: text, seed: text, threads: text, json: flag },
  ...{ optimizer: text, 'learning-rate': text, momentum: text, batch: text, gradient: text, bias: flag },
  ...{
    'edge-probability': text,
    edges: text,
    conditionals: text,
    initialisation: text,
    'initial-scale': text,
  },
  ...{ masks: text, tokens: text, contexts: text, 'mask-rate': text, 'include-self': flag },
  ...{ preset: text, quick: flag, file: text, save: text, csv: text, npy: text },
} as const;

type Values = {
  readonly [name in keyof typeof simulateOptions]?: (typeof simulateOptions)[name] extends typeof flag
    ? boolean
    : string;
};

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

/** What may stand beside a task that brings its own settings. */
const ways = ['threads', 'json', 'save', 'csv', 'npy'];

/** What is to be simulated. @throws UsageError for options that cannot be read; bounds are the simulator's matter */
export function simulateValues(values: Values): SimulateChoice {
  const whole = (name: 'runs' | 'steps' | 'threads' | 'seed'): number | null => {
    const given = values[name];
    return given === undefined ? null : wholeNumber(given, `--${name}`);
  };
  const threads = whole('threads');
  if (threads === 0) throw new UsageError('--threads needs at least 1, not “0”.');
  const { json = false, save = null, csv = null, npy = null, file } = values;
  const common = { json, threads, save, csv, npy };
  const refuseOthers = (option: string, free: readonly string[]): void => {
    const other = Object.keys(values).find((name) => ![...ways, ...free].includes(name));
    if (other !== undefined)
      throw new UsageError(`--${option} brings its own settings, so that --${other} cannot be given.`);
  };
  if (file !== undefined) {
    refuseOthers('file', ['file']);
    return { ...common, task: taskOf(parseSimulation(readText(file), file).outcome) };
  }
  const seed = whole('seed') ?? 0;
  const { preset, quick = false } = values;
  if (preset === undefined) {
    if (quick) throw new UsageError('--quick is for --preset; without one give --runs and --steps.');
    return {
      ...common,
      task: { kind: 'simulation', config: configOf(values, seed), runs: whole('runs') ?? 1 },
    };
  }
  refuseOthers('preset', ['preset', 'quick', 'seed', 'runs', 'steps']);
  const name = oneOf(presetNames, preset, '--preset');
  const task = {
    kind: 'preset' as const,
    preset: name,
    quick,
    seed,
    runs: whole('runs'),
    steps: whole('steps'),
  };
  return { ...common, task };
}

function configOf(values: Values, seed: number): SimulationConfig {
  const base = defaultSimulation;
  const number = (name: keyof Values, fallback: number): number => {
    const given = values[name];
    return typeof given === 'string' ? realNumber(given, `--${name}`) : fallback;
  };
  const countOrAll = (name: 'masks' | 'tokens'): number | 'all' => {
    const given = values[name] ?? 'all';
    return given === 'all' ? given : wholeNumber(given, `--${name}`);
  };
  const optimizer = oneOf(optimizers, values.optimizer ?? base.optimizer, '--optimizer');
  return {
    concepts: number('concepts', base.concepts),
    dimension: values.dimension === undefined ? null : number('dimension', 0),
    edgeProbability: number('edge-probability', base.edgeProbability),
    edges: values.edges === undefined ? null : edgesOf(values.edges),
    conditionals: values.conditionals === undefined ? base.conditionals : rangeOf(values.conditionals),
    maskRate: number('mask-rate', base.maskRate),
    masks: countOrAll('masks'),
    tokens: countOrAll('tokens'),
    contexts: values.contexts?.split(',').map((context) => context.trim()) ?? null,
    bias: values.bias ?? false,
    gradient: oneOf(['sampled', 'population'] as const, values.gradient ?? base.gradient, '--gradient'),
    optimizer,
    learningRate: number('learning-rate', defaultLearningRate(optimizer)),
    momentum: number('momentum', base.momentum),
    batch: number('batch', base.batch),
    initialisation: oneOf(initialisations, values.initialisation ?? base.initialisation, '--initialisation'),
    initialScale: number('initial-scale', base.initialScale),
    steps: number('steps', base.steps),
    curvePoints: base.curvePoints,
    includeSelf: values['include-self'] ?? false,
    seed,
  };
}

function realNumber(text: string, option: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new UsageError(`${option} needs a number, not “${text}”.`);
  return value;
}

/** `0-1,1-2`: from and to; empty: no edges. */
function edgesOf(text: string): Edge[] {
  if (text.trim() === '') return [];
  return text.split(',').map((edge) => {
    const [, from, to] = /^\s*(\d+)-(\d+)\s*$/u.exec(edge) ?? [];
    if (from === undefined || to === undefined)
      throw new UsageError(`--edges needs edges as 0-1,1-2, not “${edge}”.`);
    return [Number(from), Number(to)];
  });
}

function rangeOf(text: string): [number, number] {
  const parts = text.split(',');
  if (parts.length !== 2) throw new UsageError(`--conditionals needs two numbers as 0.3,0.7, not “${text}”.`);
  return [realNumber(parts[0]!, '--conditionals'), realNumber(parts[1]!, '--conditionals')];
}
