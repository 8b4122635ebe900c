import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import { randomSource } from '../../geometry/random';
import { trainOnePair, type OnePairPoint } from './onePair';
import { defaultSimulation, type SimulationConfig } from '../config/simulationConfig';
import { simulatorStreams } from '../world/streams';
import { TrainingRun } from '../training/trainingRun';
import { TwoContexts, type TwoContextsSnapshot } from './twoContexts';

/** Largest divergence, in nats, that counts as exact conditionals. */
const mostDivergence = 1e-5;
const mostAttempts = 20;

/**
 * Trained with the exact gradient and Adam, which reaches exact conditionals much sooner than plain gradient descent. The
 * theorems are about learners that reach them; about one in twenty gets stuck, and the next world and learner are used
 * instead.
 *
 * @throws UserError if 20 of them get stuck
 */
function exactRun(seed: number, changes: Partial<SimulationConfig>, limit = mostDivergence): TrainingRun {
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const run = new TrainingRun({
      ...defaultSimulation,
      ...{ gradient: 'population', optimizer: 'adam', learningRate: 0.003, edges: [] },
      ...changes,
      seed: seed + 1_000_003 * attempt,
    });
    run.advance(20_000);
    if (run.snapshot().divergence < limit) return run;
  }
  throw new UserError(t`None of ${mostAttempts} learners came within ${limit} nats of its world.`);
}

/** Three independent concepts, trained until the conditionals are exact to about 1e-7 nats. */
export function independentRun(seed: number): TrainingRun {
  return exactRun(seed, { concepts: 3 });
}

const chain = [
  [0, 1],
  [1, 2],
] as const;

/**
 * Four concepts, 0 → 1 → 2 strongly dependent and 3 independent, in as many dimensions as there are tokens, which allows a
 * fit to about 1e-6 nats; four dimensions would not. 1 separates 0 and 2, and 3 is separated from all.
 */
export function chainRun(seed: number): TrainingRun {
  return exactRun(seed, { concepts: 4, dimension: 16, edges: chain, conditionals: [0.05, 0.95] });
}

/**
 * Five concepts, 0 → 1 → 2 and two independent ones, in five dimensions, which rarely fit such a law exactly. In more
 * dimensions, tokens that disagree with a context keep their initial log-odds, which leaves the vectors at arbitrary
 * positions.
 */
export function tightChainRun(seed: number): TrainingRun {
  return exactRun(seed, { concepts: 5, edges: chain, conditionals: [0.2, 0.8], learningRate: 0.01 }, 2e-3);
}

const descent = { concepts: 3, optimizer: 'sgd', learningRate: 1 } as const;

/**
 * Three independent concepts with plain gradient descent, whose implicit bias, unlike Adam's, does not favour the coordinate
 * axes.
 */
export function independentDescent(seed: number): TrainingRun {
  return exactRun(seed, descent, 1e-4);
}

/** The same with three strongly dependent concepts, which do not fit in three dimensions. */
export function dependentDescent(seed: number): TrainingRun {
  return exactRun(seed, { ...descent, edges: [...chain, [0, 2]], conditionals: [0.05, 0.95] }, Infinity);
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

/** One pair from small random vectors, at half of the largest learning rate. */
export function onePair(seed: number): OnePairPoint[] {
  const random = randomSource(seed, simulatorStreams.initialisation);
  const draw = () => Float64Array.from({ length: 6 }, () => 0.1 * random.gaussian());
  return trainOnePair(draw(), draw(), 0.5, 20_000);
}
