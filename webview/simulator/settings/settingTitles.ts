import { bounds } from '../../../src/simulator/config/checkConfig';
import type { SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { formatCount } from '../../../src/format/numbers';
import { mostRuns } from './settings';

/** "1 to 14" */
function range(name: keyof typeof bounds): string {
  const [least, most] = bounds[name];
  return `${formatCount(least)} to ${formatCount(most)}`;
}

/** What each setting is, in one sentence. */
export const settingTitles: Readonly<Record<keyof SimulationConfig | 'runs', string>> = {
  concepts: `How many binary concepts the world has, ${range('concepts')}: m concepts make 2^m tokens and 3^m contexts.`,
  dimension: `Columns of the tables f and g, ${range('dimension')} and at most 2^m; empty: as many as there are concepts.`,
  optimizer: 'How the tables are trained; choosing one sets the learning rate that the paper has for it.',
  learningRate: 'How far one step goes, 0 to 1,000; the paper has 0.1 for SGD and 0.001 for Adam.',
  steps: 'Gradient steps of a run; they grow with the number of concepts until you set them yourself.',
  runs: `How many runs, with this seed and the next ones, 1 to ${formatCount(mostRuns)}; several give means with standard errors.`,
  seed: 'A whole number from which everything random follows: the same seed gives the same numbers on every machine.',
  edgeProbability: `How likely each edge of the random graph is, ${range('edgeProbability')}; the paper does not say what it took.`,
  edges: 'The edges drawn by hand, instead of a random graph.',
  conditionals:
    'Every P(concept = 1), given its parents, is drawn uniformly from this range, within 0 to 1; the paper has 0.3 to 0.7.',
  maskRate: `How likely a concept is hidden in a context, ${range('maskRate')}; one half gives the losses of the paper.`,
  masks: 'Only so many random sets of hidden concepts occur, 1 to 2^m (the paper’s Table 3); empty: all.',
  tokens: 'Only so many random assignments are tokens, 2 to 2^m (the paper’s Table 4); empty: all.',
  contexts:
    'Only these contexts occur, such as 0⋄⋄, 1⋄⋄ (the paper’s Figure 2); type * for a hidden concept; empty: all.',
  bias: 'Whether every token has a number of its own that is added to its logit.',
  gradient: 'Of random samples, as in the paper, or exact: of all contexts and tokens at once.',
  batch: `Samples per step, ${range('batch')}; the paper has 100.`,
  momentum: `Share of the last step that is kept, ${range('momentum')}; of the optimizer Momentum only.`,
  initialisation:
    'How the tables begin: as a linear layer does (fan-in), uniform, normal, or with f at zero; the paper does not say.',
  initialScale: `Half-width or standard deviation at the beginning, ${range('initialScale')}; fan-in has its own.`,
  curvePoints: `How often a run is measured for its curve, ${range('curvePoints')}; it does not change the training.`,
  includeSelf:
    'Whether a steering vector’s cosine with itself, which is 1, counts in U and E; the paper does not say.',
};
