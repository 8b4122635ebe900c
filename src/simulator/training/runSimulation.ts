import type { Matrix } from '../../geometry/matrix';
import { perMeasure, type PerMeasure } from '../config/measureNames';
import { meanOfDefined, type ConceptMeasures } from '../measures/measures';
import type { SimulationConfig } from '../config/simulationConfig';
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

export type Nested = readonly (readonly number[])[];

/** Concept × concept mean cosines of unembedding steering vectors, of embedding ones, and between the two. */
export type ConceptMaps = Readonly<Record<'unembedding' | 'embedding' | 'cross', Nested>>;

/** The result of a run, as plain JSON data. */
export interface RunResult {
  readonly seed: number;
  /** Completed steps: fewer than requested if the run was stopped. */
  readonly steps: number;
  readonly loss: number;
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
}

/** Observes a run without influence on its numbers. */
export interface RunObserver {
  /** Number of steps until the next call of `goesOn`, at least 1. */
  readonly pieceOf: (run: TrainingRun) => number;
  /** Called between pieces; false stops the run. */
  readonly goesOn: (run: TrainingRun) => boolean;
}

const unobserved: RunObserver = { pieceOf: () => Infinity, goesOn: () => true };

/** Runs a config to its last step, or until its observer stops it. @throws UserError see {@link TrainingRun} */
export function runSimulation(config: SimulationConfig, observer: RunObserver = unobserved): RunResult {
  return finishRun(new TrainingRun(config), observer);
}

/** Runs a new training run to its end. */
export function finishRun(run: TrainingRun, observer: RunObserver = unobserved): RunResult {
  const { config } = run;
  let last = run.snapshot();
  const curve = [curvePoint(last)];
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
  }
  const { loss, entropyFloor, u, e, ue, perConcept } = last;
  return {
    ...{ seed: config.seed, steps: run.steps },
    ...{ loss, entropyFloor, u, e, ue, perConcept, curve },
    maps: mapsOf(last),
    kernel: run.kernelName,
    unembeddings: pointsOf(run),
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
