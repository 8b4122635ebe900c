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
  /** Mean norms of the steering vectors over the concepts. */
  readonly unembeddingNorm: number;
  readonly embeddingNorm: number;
}

export type Nested = readonly (readonly number[])[];

/** Concept × concept mean cosines of the unembedding steering vectors, of the embedding ones, and across. */
export type ConceptMaps = Readonly<Record<'unembedding' | 'embedding' | 'cross', Nested>>;

/** One run from beginning to end, as plain as JSON. */
export interface RunResult {
  readonly seed: number;
  /** Steps done: fewer than asked for where the run was stopped. */
  readonly steps: number;
  readonly loss: number;
  readonly entropyFloor: number;
  readonly u: number;
  readonly e: number;
  readonly ue: number;
  readonly perConcept: readonly ConceptMeasures[];
  readonly curve: readonly CurvePoint[];
  readonly maps: ConceptMaps;
  /** Which kernel: the two agree to single precision, not in every bit. */
  readonly kernel: 'simd' | 'scalar';
  /** g(c), [tokens][k], where there are no more tokens than `mostPoints` (Fig. 2). */
  readonly unembeddings: Nested | null;
}

/** Looks at a run while it goes on; what it does cannot change the run's numbers. */
export interface RunObserver {
  /** Steps until `goesOn` is asked again, at least 1. */
  readonly pieceOf: (run: TrainingRun) => number;
  /** Called between pieces; false stops the run where it stands. */
  readonly goesOn: (run: TrainingRun) => boolean;
}

const unobserved: RunObserver = { pieceOf: () => Infinity, goesOn: () => true };

/** Runs a config to its last step, or until its observer stops it. @throws UserError as {@link TrainingRun} */
export function runSimulation(config: SimulationConfig, observer: RunObserver = unobserved): RunResult {
  return finishRun(new TrainingRun(config), observer);
}

/** Takes a run that has not begun to its end. */
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

/** Tokens that a picture of them in space can show. */
export const mostPoints = 16;

/** g(c), [tokens][k], where there are no more than {@link mostPoints}. */
export function pointsOf(run: TrainingRun): Nested | null {
  return run.world.tokens.length <= mostPoints ? nested(run.unembeddings()) : null;
}

function nested({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}
