import type { SimulationConfig } from '../config/simulationConfig';
import { meanOf, standardErrorOf } from '../training/averageRuns';
import type { ExperimentName, ExperimentSize } from './experiment';
import { measureOf, type ExperimentMeasure, type ExperimentRun, type MeanValue } from './experimentMeasures';

/** An experiment and the changes to it. */
export interface ExperimentChoice {
  readonly experiment: ExperimentName;
  readonly size: ExperimentSize;
  /** Seed of the first run of every point. */
  readonly seed: number;
  /** Replaces the experiment's own number; null keeps it. */
  readonly runs: number | null;
  readonly steps: number | null;
}

/** A point of a sweep with its runs, as plain data. */
export interface ExperimentPoint {
  /** Its place on the x axis. */
  readonly x: number;
  /** Label of its line. */
  readonly line: string;
  readonly config: SimulationConfig;
  readonly runs: readonly ExperimentRun[];
}

/** What was asked for, and the points that it gave. */
export interface ExperimentResult extends ExperimentChoice {
  /** Line by line, each in the order of x. */
  readonly points: readonly ExperimentPoint[];
  /** How many points were asked for, if the task was stopped before that. */
  readonly planned?: number;
}

export function meanAt({ runs }: ExperimentPoint, measure: ExperimentMeasure): MeanValue {
  const values = runs.map((run) => measureOf(run, measure));
  return { mean: meanOf(values), standardError: standardErrorOf(values) };
}

export interface ExperimentLine {
  readonly label: string;
  readonly points: readonly ExperimentPoint[];
}

export function linesOf(points: readonly ExperimentPoint[]): readonly ExperimentLine[] {
  return [...new Set(points.map(({ line }) => line))].map((label) => ({
    label,
    points: points.filter(({ line }) => line === label),
  }));
}
