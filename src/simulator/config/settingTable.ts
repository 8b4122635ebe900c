import { t } from '@vscode/l10n';
import * as kind from './settingKinds';

/** More are 3^m contexts that no memory holds. */
export const mostConcepts = 14;

/**
 * Every setting of the simulator, in the order of files and exports. Its type, default, bounds, schema, field in the panel,
 * option of the command line and row in comparisons follow from its entry.
 */
export const settingTable = {
  /** m. */
  concepts: kind.wholeNumber({
    label: t('Concepts m'),
    noun: t('number of concepts'),
    help: t('Number of binary concepts; m concepts give 2^m tokens and 3^m contexts'),
    flag: '--concepts M',
    bounds: [1, mostConcepts],
    default: 3,
  }),
  /** k, columns of f and g; null: m. */
  dimension: kind.optionalNumber({
    label: t('Dimension k'),
    noun: t('dimension'),
    help: t('Number of columns of the tables f and g, at most 2^m'),
    flag: '--dimension K',
    bounds: [1, 64],
    defaultText: 'm',
  }),
  /** Of a random graph along a random order. */
  edgeProbability: kind.realNumber({
    label: t('Edge probability'),
    noun: t('edge probability'),
    help: t('Probability of each edge of the random graph; the paper does not state it'),
    flag: '--edge-probability P',
    bounds: [0, 1],
    step: 0.05,
    default: 0.5,
    usedWith: { edges: [null] },
  }),
  /** The graph, if it is given instead. */
  edges: kind.edges({
    label: t('Edges'),
    help: t('Edges of the graph of concepts, such as 0-1,1-2'),
    flag: '--edges EDGES',
    defaultText: t('a random graph'),
  }),
  /** P(concept = 1) per parent configuration is uniform in this range; 0 and 1 allowed. */
  conditionals: kind.range({
    label: t('P(1)'),
    noun: t('range of the conditionals'),
    help: t(
      'Range from which every P(concept = 1), given its parents, is drawn uniformly; the paper uses 0.3 to 0.7',
    ),
    flag: '--conditionals LOW,HIGH',
    bounds: [0, 1],
    step: 0.05,
    default: [0.3, 0.7],
  }),
  /** 1: the conditionals as drawn; 0: their mean over the parents' values, which makes the concepts independent. */
  dependence: kind.realNumber({
    label: t('Dependence'),
    noun: t('dependence'),
    help: t(
      'How much P(concept = 1) depends on the parents: 1 as drawn, 0 for independent concepts, whose log-odds match',
    ),
    flag: '--dependence S',
    bounds: [0, 1],
    step: 0.1,
    default: 1,
  }),
  /** Share of the conditionals, chosen at random, that are rounded to 0 or 1. */
  pointMasses: kind.realNumber({
    label: t('Point masses'),
    noun: t('share of point masses'),
    help: t(
      'Share of the conditionals that are 0 or 1, so that some assignments never occur; the paper has none',
    ),
    flag: '--point-masses S',
    bounds: [0, 1],
    step: 0.1,
    default: 0,
  }),
  /** Probability that an entry of a context is hidden. */
  maskRate: kind.realNumber({
    label: t('Mask rate'),
    noun: t('mask rate'),
    help: t('Probability that a concept is hidden in a context; 0.5 gives the losses of the paper'),
    flag: '--mask-rate P',
    bounds: [0, 1],
    step: 0.05,
    default: 0.5,
  }),
  /** `all`: every mask by `maskRate`; N: only N different ones, drawn by `maskRate` and then equally likely (Table 3). */
  masks: kind.countOrAll({
    label: t('Masks'),
    noun: t('number of masks'),
    help: t('Number of random sets of hidden concepts that occur, as in the paper’s Table 3'),
    flag: '--masks all|N',
    bounds: [1, '2^m'],
  }),
  /** `all`, or only N random assignments occur (Table 4). */
  tokens: kind.countOrAll({
    label: t('Tokens'),
    noun: t('number of tokens'),
    help: t('Number of random assignments of the concepts that occur as tokens, as in the paper’s Table 4'),
    flag: '--tokens all|N',
    bounds: [2, '2^m'],
  }),
  /** Only these contexts occur, such as `0⋄⋄` (Fig. 2); their masks are equally likely. */
  contexts: kind.contexts({
    label: t('Contexts'),
    help: t('Contexts that occur, such as 0**,1** with * for a hidden concept, as in the paper’s Figure 2'),
    flag: '--contexts LIST',
    defaultText: t('all'),
  }),
  /** Whether a token has a number of its own added to its logit. */
  bias: kind.flag({
    label: t('Bias'),
    help: t('Train a bias for each token, which is added to its logit'),
    flag: '--bias',
  }),
  /** How the embeddings of contexts are computed; see `training/encoders`. */
  learner: kind.choice(
    { table: t('Lookup table'), hidden: t('Hidden layer') },
    {
      label: t('Learner'),
      noun: t('learner'),
      help: t(
        'How a context gets its embedding: from a row of its own in a table, as in the paper, or from one hidden layer that reads the masked vector',
      ),
      flag: '--learner',
      default: 'table',
    },
  ),
  hiddenWidth: kind.wholeNumber({
    label: t('Hidden width'),
    noun: t('hidden width'),
    help: t('Number of units of the hidden layer; used by the learner hidden only'),
    flag: '--hidden-width N',
    bounds: [1, 1024],
    default: 64,
    usedWith: { learner: ['hidden'] },
  }),
  activation: kind.choice(
    { relu: 'ReLU', gelu: 'GELU' },
    {
      label: t('Activation'),
      noun: t('activation'),
      help: t('Activation function of the hidden layer'),
      flag: '--activation',
      default: 'relu',
      usedWith: { learner: ['hidden'] },
    },
  ),
  /** Whether contexts are computed from the rows of g; see `agreeingMean.ts`. */
  tied: kind.flag({
    label: t('Tied weights'),
    help: t(
      'Compute the embedding of a context from the mean unembedding of the tokens that agree with it, which a hidden layer reads instead of the masked vector',
    ),
    flag: '--tied',
  }),
  /** Whose gradient the learner follows; see `losses.ts`. */
  loss: kind.choice(
    { softmax: 'Softmax', logistic: t('Logistic'), squared: t('Squared') },
    {
      label: t('Loss'),
      noun: t('loss'),
      help: t(
        'Loss: softmax cross-entropy, as in the paper; logistic, the binary cross-entropy of each token, summed; or squared, half the squared error of each logit as an estimate of the probability, summed',
      ),
      flag: '--loss',
      default: 'softmax',
    },
  ),
  /** `sampled` minibatches, or the exact `population` gradient. */
  gradient: kind.choice(
    { sampled: t('Sampled'), population: t('Exact') },
    {
      label: t('Gradient'),
      noun: t('gradient'),
      help: t(
        'Gradient of random samples, as in the paper, or exact: over all contexts and tokens (population)',
      ),
      flag: '--gradient',
      default: 'sampled',
    },
  ),
  optimizer: kind.choice(
    { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam', sign: t('Sign descent') },
    {
      label: t('Optimizer'),
      noun: t('optimizer'),
      help: t(
        'Optimizer of the tables f and g; it also sets the default learning rate. Sign descent uses only the sign of each slope',
      ),
      flag: '--optimizer',
      default: 'sgd',
    },
  ),
  learningRate: kind.realNumber({
    label: t('Learning rate'),
    noun: t('learning rate'),
    help: t('Learning rate; the paper uses 0.1 with SGD and 0.001 with Adam'),
    flag: '--learning-rate X',
    bounds: [0, 1000],
    default: 0.1,
    defaultText: t('0.1, with adam and sign 0.001'),
  }),
  /** Of the optimizer `momentum`. */
  momentum: kind.realNumber({
    label: t('Momentum'),
    noun: t('momentum'),
    help: t('Share of the previous step that is added to the next; used by the optimizer momentum only'),
    flag: '--momentum X',
    bounds: [0, 0.9999],
    default: 0.9,
    usedWith: { optimizer: ['momentum'] },
  }),
  /** Of f and g, but not of the bias; decoupled from the gradient. */
  weightDecay: kind.realNumber({
    label: t('Weight decay'),
    noun: t('weight decay'),
    help: t(
      'Each step multiplies f and g by 1 − learning rate × weight decay; with Adam this is AdamW. The paper uses none',
    ),
    flag: '--weight-decay X',
    bounds: [0, 10],
    step: 0.01,
    default: 0,
  }),
  /** Samples per step. */
  batch: kind.wholeNumber({
    label: t('Batch size'),
    noun: t('batch size'),
    help: t('Samples per step; the paper uses 100'),
    flag: '--batch N',
    bounds: [1, 10_000],
    default: 100,
    usedWith: { gradient: ['sampled'] },
  }),
  /** `fan-in`: uniform in ±1/√(rows of the table), as a linear layer on one-hots. */
  initialisation: kind.choice(
    { 'fan-in': t('Fan-in'), uniform: t('Uniform'), normal: t('Normal'), 'zero-f': t('f at zero') },
    {
      label: t('Initialisation'),
      noun: t('initialisation'),
      help: t(
        'Initial values of the tables: as in a linear layer (fan-in), uniform, normal, or f at zero; the paper does not state it',
      ),
      flag: '--initialisation',
      default: 'fan-in',
    },
  ),
  /** Half-width of `uniform`, standard deviation of `normal`; `zero-f`: g as `uniform`, f zero. */
  initialScale: kind.realNumber({
    label: t('Initial scale'),
    noun: t('initial scale'),
    help: t('Half-width of uniform and standard deviation of normal initial values; not used by fan-in'),
    flag: '--initial-scale X',
    bounds: [0, 100],
    default: 0.1,
    usedWith: { initialisation: ['uniform', 'normal', 'zero-f'] },
  }),
  steps: kind.wholeNumber({
    label: t('Steps'),
    noun: t('number of steps'),
    help: t('Gradient steps of each run'),
    panelNote: t('They follow the number of concepts until you set them.'),
    flag: '--steps N',
    bounds: [0, 1_000_000_000],
    step: 1000,
    default: 30_000,
  }),
  /** Points of the curve after the one at the start. */
  curvePoints: kind.wholeNumber({
    label: t('Curve points'),
    noun: t('number of points of the curve'),
    help: t('How many times a run is measured for its curves; it does not change the training'),
    flag: '--curve-points N',
    bounds: [1, 10_000],
    default: 20,
  }),
  includeSelf: kind.flag({
    label: t('With self-pairs'),
    help: t(
      'Count the cosine of a steering vector with itself, which is 1, in U and E; the paper does not state whether it does',
    ),
    flag: '--include-self',
  }),
  seed: kind.wholeNumber({
    label: t('Seed'),
    noun: t('seed'),
    help: t('Seed of all random numbers; the same seed gives the same numbers on every machine'),
    flag: '--seed N',
    bounds: null,
    default: 0,
  }),
} satisfies Readonly<Record<string, kind.Setting>>;

/** Where the panel shows each setting, in its order; `edges` are drawn in the graph. */
export const settingLayout = {
  main: ['concepts', 'dimension', 'steps', 'optimizer', 'learningRate', 'seed'],
  world: [
    'edgeProbability',
    'conditionals',
    'dependence',
    'pointMasses',
    'maskRate',
    'masks',
    'tokens',
    'contexts',
  ],
  training: [
    'learner',
    'hiddenWidth',
    'activation',
    'loss',
    'batch',
    'momentum',
    'weightDecay',
    'curvePoints',
    'initialisation',
    'initialScale',
  ],
  /** In a row below the fields, as radio buttons and check boxes. */
  trainingChoices: ['gradient', 'tied', 'bias', 'includeSelf'],
} as const satisfies Readonly<Record<string, readonly (keyof typeof settingTable)[]>>;
