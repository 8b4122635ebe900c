import { matrix, type Matrix } from '../../../src/geometry/matrix';
import type { LiveRun } from '../../../src/protocol/simulationMessages';
import type { SimulationResult } from '../../../src/simulator/training/averageRuns';
import { perMeasure, type PerMeasure } from '../../../src/simulator/config/measureNames';
import type { Moment } from '../../../src/simulator/training/moments';
import type { CurvePoint, Nested, RunResult } from '../../../src/simulator/training/runSimulation';
import type { SimulationConfig } from '../../../src/simulator/config/simulationConfig';
import { memoize, memoizeBy } from '../../charts/memoize';
import { orNaN } from './orNaN';
import { meanCurve } from './meanCurve';
import { mapNames, type MapName } from '../simulatorUi';

/** A run in progress, or all runs of a finished simulation, as read by every view of the page. */
export interface ShownRuns {
  readonly config: SimulationConfig;
  readonly isLive: boolean;
  /** Number of runs that the means are taken over. */
  readonly runs: number;
  /** Completed steps of a run. */
  readonly step: number;
  readonly loss: number;
  readonly entropyFloor: number;
  readonly mean: PerMeasure<number>;
  /** NaN for one run. */
  readonly standardError: PerMeasure<number>;
  /** The curve of every run. */
  readonly curves: readonly (readonly CurvePoint[])[];
  readonly meanCurve: readonly CurvePoint[];
  /** Means over the runs, [m, m]. */
  readonly maps: Readonly<Record<MapName, Matrix>>;
  /** Of the first run. */
  readonly unembeddings: Nested | null;
  /** A step before the end at which the run is seen. */
  readonly markedStep?: number;
}

export const shownOfLive = memoize((live: LiveRun): ShownRuns => {
  const { config, step, curve, entropyFloor, maps, unembeddings } = live;
  const last = curve.at(-1);
  return {
    ...{ config, step, entropyFloor, unembeddings },
    isLive: true,
    runs: 1,
    loss: orNaN(last?.loss),
    mean: perMeasure((name) => orNaN(last?.[name])),
    standardError: perMeasure(() => NaN),
    curves: [curve],
    meanCurve: curve,
    maps: perMap((name) => meanMatrix([maps[name]], config.concepts)),
  };
});

export const shownOfResult = memoize((result: SimulationResult): ShownRuns => {
  const { config, runs, mean, standardError } = result;
  const average = (read: (run: RunResult) => number) => meanOf(runs.map((run) => orNaN(read(run))));
  const curves = runs.map(({ curve }) => curve);
  return {
    config,
    isLive: false,
    runs: runs.length,
    step: Math.max(...runs.map(({ steps }) => steps)),
    loss: average(({ loss }) => loss),
    entropyFloor: average((run) => run.entropyFloor),
    mean: perMeasure((name) => orNaN(mean[name])),
    standardError: perMeasure((name) => orNaN(standardError[name])),
    curves,
    meanCurve: meanCurve(curves),
    maps: perMap((name) =>
      meanMatrix(
        runs.map(({ maps }) => maps[name]),
        config.concepts,
      ),
    ),
    unembeddings: runs[0]?.unembeddings ?? null,
  };
});

/** The moments before its end that a single run kept; none otherwise. */
export function momentsOf({ runs }: SimulationResult): readonly Moment[] {
  const [run] = runs;
  if (!run?.moments || runs.length > 1) return [];
  return run.moments.filter(({ step }) => step < run.steps);
}

/** A run as it was at one of its moments. The curves stay whole. */
export const shownAtMoment = memoizeBy((result: SimulationResult, at: number): ShownRuns => {
  const shown = shownOfResult(result);
  const moment = momentsOf(result)[at];
  const point = shown.meanCurve.find(({ step }) => step === moment?.step);
  if (!moment || !point) return shown;
  const { step, maps, unembeddings } = moment;
  return {
    ...shown,
    ...{ step, markedStep: step, unembeddings },
    loss: orNaN(point.loss),
    mean: perMeasure((name) => orNaN(point[name])),
    maps: perMap((name) => meanMatrix([maps[name]], shown.config.concepts)),
  };
});

/** Placeholder before the first numbers of a run arrive, so that the layout does not change. */
export const nothingYet = memoize((config: SimulationConfig): ShownRuns => ({
  config,
  isLive: true,
  runs: 1,
  step: 0,
  loss: NaN,
  entropyFloor: NaN,
  mean: perMeasure(() => NaN),
  standardError: perMeasure(() => NaN),
  curves: [[]],
  meanCurve: [],
  maps: perMap(() => meanMatrix([], config.concepts)),
  unembeddings: null,
}));

function perMap<T>(make: (name: MapName) => T): Readonly<Record<MapName, T>> {
  return Object.fromEntries(mapNames.map((name) => [name, make(name)])) as Record<MapName, T>;
}

/** The elementwise mean of m × m maps; NaN where a value is undefined or if there are no maps. */
function meanMatrix(maps: readonly Nested[], concepts: number): Matrix {
  const data = Float64Array.from({ length: concepts * concepts }, (_, at) =>
    meanOf(maps.map((map) => orNaN(map[Math.floor(at / concepts)]?.[at % concepts]))),
  );
  return matrix(concepts, concepts, data);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
