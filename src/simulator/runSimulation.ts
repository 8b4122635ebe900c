import type { Matrix } from '../geometry/matrix';
import type { ConceptMeasures } from './measures';
import type { SimulationConfig } from './simulationConfig';
import { TrainingRun, type Snapshot } from './trainingRun';

export interface CurvePoint {
  readonly step: number;
  readonly loss: number;
  readonly u: number;
  readonly e: number;
  readonly ue: number;
  /** Mean norms of the steering vectors over the concepts. */
  readonly unembeddingNorm: number;
  readonly embeddingNorm: number;
}

/** One run from beginning to end, as plain as JSON. */
export interface RunResult {
  readonly seed: number;
  readonly steps: number;
  readonly loss: number;
  readonly entropyFloor: number;
  readonly u: number;
  readonly e: number;
  readonly ue: number;
  readonly perConcept: readonly ConceptMeasures[];
  readonly curve: readonly CurvePoint[];
  /** Concept × concept mean cosines of the unembedding steering vectors, of the embedding ones, and across. */
  readonly maps: Readonly<Record<'unembedding' | 'embedding' | 'cross', readonly (readonly number[])[]>>;
  /** Which kernel: the two agree to single precision, not in every bit. */
  readonly kernel: 'simd' | 'scalar';
  /** g(c), [tokens][k], where there are no more than 16 tokens (Fig. 2). */
  readonly unembeddings: readonly (readonly number[])[] | null;
}

/**
 * Runs a config to its last step, in pieces between the points of its curve.
 *
 * @param onPoint called at each point; what it throws ends the run
 */
export function runSimulation(
  config: SimulationConfig,
  onPoint: (snapshot: Snapshot, run: TrainingRun) => void = () => undefined,
): RunResult {
  const run = new TrainingRun(config);
  const curve: CurvePoint[] = [];
  let last = run.snapshot();
  const keep = (): void => {
    curve.push(curvePoint(last));
    onPoint(last, run);
  };
  keep();
  for (let point = 1; point <= config.curvePoints; point++) {
    const until = Math.round((config.steps * point) / config.curvePoints);
    if (until === run.steps) continue;
    run.advance(until - run.steps);
    last = run.snapshot();
    keep();
  }
  const { loss, entropyFloor, u, e, ue, perConcept } = last;
  return {
    ...{ seed: config.seed, steps: run.steps },
    ...{ loss, entropyFloor, u, e, ue, perConcept, curve },
    maps: {
      unembedding: nested(last.unembeddingMap),
      embedding: nested(last.embeddingMap),
      cross: nested(last.crossMap),
    },
    kernel: run.kernelName,
    unembeddings: run.world.tokens.length <= 16 ? nested(run.unembeddings()) : null,
  };
}

function curvePoint({ step, loss, u, e, ue, perConcept }: Snapshot): CurvePoint {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    ...{ step, loss, u, e, ue },
    unembeddingNorm: mean(perConcept.map(({ unembeddingNorm }) => unembeddingNorm)),
    embeddingNorm: mean(perConcept.map(({ embeddingNorm }) => embeddingNorm)),
  };
}

function nested({ rows, columns, data }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, row) => [...data.subarray(row * columns, (row + 1) * columns)]);
}
