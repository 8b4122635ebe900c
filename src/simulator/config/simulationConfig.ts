import type { Edge } from '../world/graph';

export const optimizers = ['sgd', 'momentum', 'adam'] as const;
export type Optimizer = (typeof optimizers)[number];
export const initialisations = ['fan-in', 'uniform', 'normal', 'zero-f'] as const;
export type Initialisation = (typeof initialisations)[number];

/** Everything that a run follows from, plain data: the same config and seed give the same numbers. */
export interface SimulationConfig {
  /** m, 1 … 14. */
  readonly concepts: number;
  /** k, columns of f and g; null: m. */
  readonly dimension: number | null;
  /** Of a random graph along a random order. */
  readonly edgeProbability: number;
  /** The graph, if it is given instead. */
  readonly edges: readonly Edge[] | null;
  /** P(concept = 1) per parent configuration is uniform in this range; 0 and 1 allowed. */
  readonly conditionals: readonly [low: number, high: number];
  /** Probability that an entry of a context is hidden. */
  readonly maskRate: number;
  /** `all`: every mask by `maskRate`; N: only N different ones, drawn by `maskRate` and then equally likely (Table 3). */
  readonly masks: number | 'all';
  /** `all`, or only N random assignments occur (Table 4). */
  readonly tokens: number | 'all';
  /** Only these contexts occur, as `0⋄⋄` (Fig. 2), with a mask among theirs equally likely. */
  readonly contexts: readonly string[] | null;
  /** Whether a token has a number of its own added to its logit. */
  readonly bias: boolean;
  /** `sampled` minibatches, or the exact `population` gradient. */
  readonly gradient: 'sampled' | 'population';
  readonly optimizer: Optimizer;
  readonly learningRate: number;
  /** Of the optimiser `momentum`. */
  readonly momentum: number;
  /** Samples per step. */
  readonly batch: number;
  /** `fan-in`: uniform in ±1/√(rows of the table), as a linear layer on one-hots. */
  readonly initialisation: Initialisation;
  /** Half-width of `uniform`, standard deviation of `normal`; `zero-f`: g as `uniform`, f zero. */
  readonly initialScale: number;
  readonly steps: number;
  /** Points of the curve after the one at the start. */
  readonly curvePoints: number;
  /** Whether a steering vector's cosine with itself counts in U and E. */
  readonly includeSelf: boolean;
  readonly seed: number;
}

export const defaultSimulation: SimulationConfig = {
  concepts: 3,
  dimension: null,
  edgeProbability: 0.5,
  edges: null,
  conditionals: [0.3, 0.7],
  maskRate: 0.5,
  masks: 'all',
  tokens: 'all',
  contexts: null,
  bias: false,
  gradient: 'sampled',
  optimizer: 'sgd',
  learningRate: 0.1,
  momentum: 0.9,
  batch: 100,
  initialisation: 'fan-in',
  initialScale: 0.1,
  steps: 30_000,
  curvePoints: 20,
  includeSelf: false,
  seed: 0,
};

/** The optimiser's learning rate in the paper (J § 3). */
export function defaultLearningRate(optimizer: Optimizer): number {
  return optimizer === 'adam' ? 0.001 : 0.1;
}

/** k. */
export function dimensionOf({ concepts, dimension }: SimulationConfig): number {
  return dimension ?? concepts;
}
