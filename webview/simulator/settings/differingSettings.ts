import { formatCount } from '../../../src/format/numbers';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import { dimensionOf, type SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { contextsText } from './contextsText';
import { optimizerNames } from './optimizerNames';

const names: Readonly<Record<keyof SimulationConfig, string>> = {
  concepts: 'Concepts',
  dimension: 'Dimension',
  edgeProbability: 'Edge probability',
  edges: 'Edges by hand',
  conditionals: 'P(1) from … to',
  maskRate: 'Mask rate',
  masks: 'Masks',
  tokens: 'Tokens',
  contexts: 'Contexts',
  bias: 'Bias',
  gradient: 'Gradient',
  optimizer: 'Optimizer',
  learningRate: 'Learning rate',
  momentum: 'Momentum',
  batch: 'Batch',
  initialisation: 'Beginning',
  initialScale: 'Scale',
  steps: 'Steps',
  curvePoints: 'Curve points',
  includeSelf: 'With self-pairs',
  seed: 'Seed',
};

/** Name, A's, B's of every setting that is not the same in both. */
export function differingSettings(a: SimulationResult, b: SimulationResult) {
  const rows = (Object.keys(names) as (keyof SimulationConfig)[]).map(
    (key) => [names[key], settingText(key, a.config), settingText(key, b.config)] as const,
  );
  const runs = ['Runs', formatCount(a.runs.length), formatCount(b.runs.length)] as const;
  return [...rows, runs].filter(([, inA, inB]) => inA !== inB);
}

function settingText(key: keyof SimulationConfig, config: SimulationConfig): string {
  return (texts[key] ?? (() => String(config[key])))(config);
}

/** Of settings that are no plain number or word. */
const texts: Partial<Record<keyof SimulationConfig, (config: SimulationConfig) => string>> = {
  dimension: (config) => String(dimensionOf(config)),
  edges: ({ edges }) => edges?.map(([from, to]) => `${from} → ${to}`).join(', ') ?? 'drawn',
  conditionals: ({ conditionals }) => conditionals.join(' … '),
  contexts: ({ contexts }) => contextsText(contexts) || 'all',
  optimizer: ({ optimizer }) => optimizerNames[optimizer],
  bias: ({ bias }) => yesOrNo(bias),
  includeSelf: ({ includeSelf }) => yesOrNo(includeSelf),
  steps: ({ steps }) => formatCount(steps),
};

function yesOrNo(isSo: boolean): string {
  return isSo ? 'yes' : 'no';
}
