import type { SimulationConfig } from '../config/simulationConfig';
import type { ExperimentMeasure } from './experimentMeasures';
import type { FindingRule } from './finding';

export const experimentNames = ['dimension', 'bias', 'log-odds', 'core', 'zeros'] as const;
export type ExperimentName = (typeof experimentNames)[number];

/** Quick: under two minutes on two cores; full: about ten. */
export const experimentSizes = ['quick', 'full'] as const;
export type ExperimentSize = (typeof experimentSizes)[number];

/** A value of an axis, and the settings that it stands for. */
export interface AxisValue {
  /** Identifies a line in files: `m=3`. */
  readonly label: string;
  /** Its place on a numeric axis. */
  readonly value: number;
  readonly settings: Partial<SimulationConfig>;
  /** Multiplies the learning rate that the settings give. */
  readonly rateFactor?: number;
}

/** What is varied. */
export interface Axis {
  readonly label: string;
  /** In formulas: `k`. */
  readonly symbol: string;
  /** A measure at whose mean a point is drawn, instead of the value. */
  readonly drawnAt?: ExperimentMeasure;
  /** Whether equal factors are equal distances in the figure. */
  readonly isLogarithmic?: boolean;
  readonly values: readonly AxisValue[];
}

/** A question about the simulator with a prediction, the simulations that answer it, and how the answer follows from them. */
export interface Experiment {
  readonly name: ExperimentName;
  readonly title: string;
  readonly question: string;
  /** What is expected, and where that comes from. */
  readonly prediction: string;
  /** Settings of every point; those of the axes come after them. */
  readonly base: Partial<SimulationConfig>;
  readonly x: Axis;
  /** Each value is a line of the figure. */
  readonly lines: Axis;
  /** Runs of every point, with the seeds seed, seed + 1, … */
  readonly runs: number;
  /** In the order of tables; each has a chart. */
  readonly measures: readonly ExperimentMeasure[];
  readonly finding: FindingRule;
}
