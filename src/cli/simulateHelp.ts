import { defaultSimulation, initialisations, optimizers } from '../simulator/config/simulationConfig';
import { presetNames } from '../simulator/paper/presets';
import type { simulateOptions } from './simulateOptions';

type Parsed = typeof simulateOptions;

/** What `--help` says of an option of `simulate`. */
type Words<O> = { readonly help: string; readonly section?: string } & (O extends { readonly type: 'string' }
  ? { readonly placeholder: string }
  : unknown);

const world = 'World';
const training = 'Training';
const base = defaultSimulation;

/** In the order of `--help`. */
export const simulateHelp: { readonly [K in keyof Parsed]: Words<Parsed[K]> } = {
  preset: {
    placeholder: 'NAME',
    help: `A table or figure of the paper, compared with its numbers: ${presetNames.join(', ')}`,
  },
  quick: { help: 'With --preset: fewer runs and steps' },
  file: { placeholder: 'FILE', help: 'Run again what --save or the panel saved' },
  runs: { placeholder: 'R', help: 'Runs, with the seeds S, S + 1, … (default: 1)' },
  seed: { placeholder: 'S', help: `Seed of all random draws (default: ${base.seed})` },
  threads: { placeholder: 'T', help: 'Threads that share the runs; by default one for each core' },
  json: { help: 'Print one JSON document and nothing else' },
  save: { placeholder: 'FILE', help: 'Save the simulation for the panel and for --file' },
  csv: { placeholder: 'DIR', help: 'Write settings, curves and maps as CSV files' },
  npy: { placeholder: 'DIR', help: 'Write f, g and the heat maps of the first run as NumPy files' },
  concepts: {
    section: world,
    placeholder: 'M',
    help: `Binary concepts, 1 to 14 (default: ${base.concepts})`,
  },
  'edge-probability': {
    section: world,
    placeholder: 'P',
    help: `Probability of an edge of the random graph (default: ${base.edgeProbability})`,
  },
  edges: { section: world, placeholder: 'EDGES', help: 'Edges instead of a random graph, such as 0-1,1-2' },
  conditionals: {
    section: world,
    placeholder: 'LOW,HIGH',
    help: `Range of P(concept = 1) given its parents (default: ${base.conditionals.join(',')})`,
  },
  'mask-rate': {
    section: world,
    placeholder: 'P',
    help: `Probability that a concept is hidden in a context (default: ${base.maskRate})`,
  },
  masks: {
    section: world,
    placeholder: 'all|N',
    help: `Sets of hidden concepts that occur: all, or N random ones (default: ${base.masks})`,
  },
  tokens: {
    section: world,
    placeholder: 'all|N',
    help: `Assignments of the concepts that occur: all, or N random ones (default: ${base.tokens})`,
  },
  contexts: {
    section: world,
    placeholder: 'LIST',
    help: 'Only these contexts, such as 0**,1** (*: hidden)',
  },
  dimension: {
    section: training,
    placeholder: 'K',
    help: 'Columns of f and g; by default the number of concepts',
  },
  bias: { section: training, help: 'Add a bias for each token to its logit' },
  steps: { section: training, placeholder: 'N', help: `Gradient steps (default: ${base.steps})` },
  batch: { section: training, placeholder: 'B', help: `Samples per step (default: ${base.batch})` },
  gradient: {
    section: training,
    placeholder: 'KIND',
    help: `sampled (minibatches) or population (exact) (default: ${base.gradient})`,
  },
  optimizer: {
    section: training,
    placeholder: 'NAME',
    help: `${optimizers.join(', ')} (default: ${base.optimizer})`,
  },
  'learning-rate': {
    section: training,
    placeholder: 'X',
    help: `Learning rate (default: ${base.learningRate}; with adam 0.001)`,
  },
  momentum: {
    section: training,
    placeholder: 'X',
    help: `Momentum of the optimizer momentum (default: ${base.momentum})`,
  },
  initialisation: {
    section: training,
    placeholder: 'KIND',
    help: `${initialisations.join(', ')} (default: ${base.initialisation})`,
  },
  'initial-scale': {
    section: training,
    placeholder: 'X',
    help: `Half-width of uniform, standard deviation of normal (default: ${base.initialScale})`,
  },
  'include-self': {
    section: 'Measures',
    help: "Count a steering vector's cosine with itself, as some papers do",
  },
};
