import { randomSource } from '../geometry/random';
import { trainOnePair, type OnePairPoint } from './onePair';
import { defaultSimulation, type SimulationConfig } from './simulationConfig';
import { simulatorStreams } from './streams';
import { TrainingRun } from './trainingRun';
import { TwoContexts, type TwoContextsSnapshot } from './twoContexts';

/** A learner trained by the exact gradient until its conditionals are those of its world to about 1e-7 nats. */
export function exactRun(seed: number, changes: Partial<SimulationConfig>): TrainingRun {
  const run = new TrainingRun({
    ...defaultSimulation,
    ...{ gradient: 'population', optimizer: 'adam', learningRate: 0.003, seed },
    ...changes,
  });
  run.advance(20_000);
  return run;
}

/** The two-context problem at its start, halfway and at its end. */
export function implicitBias(
  seed: number,
  trainEmbeddings: boolean,
): readonly [TwoContextsSnapshot, TwoContextsSnapshot, TwoContextsSnapshot] {
  const problem = new TwoContexts({
    ...{ loss: 'exponential', trainEmbeddings, seed },
    ...{ vectors: 8, dimension: 6, learningRate: 0.05, initialScale: 0.05 },
  });
  const half = 100_000;
  const start = problem.snapshot();
  problem.advance(half);
  const middle = problem.snapshot();
  problem.advance(half);
  return [start, middle, problem.snapshot()];
}

/** One pair from small random vectors, at half of the greatest rate. */
export function onePair(seed: number): OnePairPoint[] {
  const random = randomSource(seed, simulatorStreams.initialisation);
  const draw = () => Float64Array.from({ length: 6 }, () => 0.1 * random.gaussian());
  return trainOnePair(draw(), draw(), 0.5, 20_000);
}
