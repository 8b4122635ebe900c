import type { Matrix } from '../../geometry/matrix';
import { perMeasure, type PerMeasure } from '../config/measureNames';
import { meanOfDefined, type ConceptMeasures } from '../measures/measures';
import type { SimulationConfig } from '../config/simulationConfig';
import { Moments, type ConceptMaps, type Moment, type Nested } from './moments';
import { TrainingRun, type Snapshot } from './trainingRun';

export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  readonly u: number;
  readonly e: number;
  readonly ue: number;
  /** U, E, UE of each concept. */
  readonly perConcept: PerMeasure<readonly number[]>;
  /** Norms of the steering vectors, averaged over the concepts. */
  readonly unembeddingNorm: number;
  readonly embeddingNorm: number;
}

export type { ConceptMaps, Nested };

/** The result of a run, as plain JSON data. */
export interface RunResult {
  readonly seed: number;
  /** Completed steps: fewer than requested if the run was stopped. */
  readonly steps: number;
  readonly loss: number;
  /** The least possible loss, whatever the loss is: a name that files of earlier versions have. */
  readonly entropyFloor: number;
  readonly u: number;
  readonly e: number;
  readonly ue: number;
  readonly perConcept: readonly ConceptMeasures[];
  readonly curve: readonly CurvePoint[];
  readonly maps: ConceptMaps;
  /** The kernel: the two agree to single precision, but not in every bit. */
  readonly kernel: 'simd' | 'scalar';
  /** g(c), [tokens][k], if there are at most `mostPoints` tokens (Fig. 2). */
  readonly unembeddings: Nested | null;
  /** The run over its steps, if they were kept. */
  readonly moments?: readonly Moment[];
}

/** Observes a run without influence on its numbers. */
export interface RunObserver {
  /** Number of steps until the next call of `goesOn`, at least 1. */
  readonly pieceOf: (run: TrainingRun) => number;
  /** Called between pieces; false stops the run. */
  readonly goesOn: (run: TrainingRun) => boolean;
}

const unobserved: RunObserver = { pieceOf: () => Infinity, goesOn: () => true };

/**
 * Runs a config to its last step, or until its observer stops it.
 *
 * @param keepsMoments whether the result has `moments`
 * @throws UserError see {@link TrainingRun}
 */
export function runSimulation(
  config: SimulationConfig,
  observer: RunObserver = unobserved,
  keepsMoments = false,
): RunResult {
  return finishRun(new TrainingRun(config), observer, keepsMoments);
}

/** Runs a new training run to its end. */
export function finishRun(
  run: TrainingRun,
  observer: RunObserver = unobserved,
  keepsMoments = false,
): RunResult {
  const { config } = run;
  let last = run.snapshot();
  const curve = [curvePoint(last)];
  const moments = new Moments(config.curvePoints + 1);
  const keep = (point: number): void => {
    const { steps: step } = run;
    if (keepsMoments) moments.offer(point, () => ({ step, maps: mapsOf(last), unembeddings: pointsOf(run) }));
  };
  keep(0);
  let goesOn = true;
  for (let point = 1; point <= config.curvePoints && goesOn; point++) {
    const until = Math.round((config.steps * point) / config.curvePoints);
    const before = run.steps;
    while (run.steps < until && goesOn) {
      run.advance(Math.min(until - run.steps, observer.pieceOf(run)));
      goesOn = observer.goesOn(run);
    }
    if (run.steps === before) continue;
    last = run.snapshot();
    curve.push(curvePoint(last));
    keep(point);
  }
  const { loss, entropyFloor, u, e, ue, perConcept } = last;
  return {
    ...{ seed: config.seed, steps: run.steps },
    ...{ loss, entropyFloor, u, e, ue, perConcept, curve },
    maps: mapsOf(last),
    kernel: run.kernelName,
    unembeddings: pointsOf(run),
    ...(keepsMoments && { moments: moments.kept }),
  };
}

export function curvePoint({ step, loss, u, e, ue, perConcept }: Snapshot): CurvePoint {
  return {
    ...{ step, loss, u, e, ue },
    perConcept: perMeasure((name) => perConcept.map((concept) => concept[name])),
    unembeddingNorm: meanOfDefined(perConcept.map(({ unembeddingNorm }) => unembeddingNorm)),
    embeddingNorm: meanOfDefined(perConcept.map(({ embeddingNorm }) => embeddingNorm)),
  };
}

export function mapsOf({ unembeddingMap, embeddingMap, crossMap }: Snapshot): ConceptMaps {
  return { unembedding: nested(unembeddingMap), embedding: nested(embeddingMap), cross: nested(crossMap) };
}

/** Largest number of tokens in a 3D picture. */
export const mostPoints = 16;

/** g(c), [tokens][k], if there are at most {@link mostPoints} tokens. */
export function pointsOf(run: TrainingRun): Nested | null {
  return run.world.tokens.length <= mostPoints ? nested(run.unembeddings()) : null;
}

function nested({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}
