import { UserError } from '../../errors';
import { randomSource } from '../../geometry/random';
import { trainOnePair, type OnePairPoint } from './onePair';
import { defaultSimulation, type SimulationConfig } from '../config/simulationConfig';
import { simulatorStreams } from '../world/streams';
import { TrainingRun } from '../training/trainingRun';
import { TwoContexts, type TwoContextsSnapshot } from './twoContexts';

/** How far from exact conditionals, in nats, a learner may end. */
const mostDivergence = 1e-5;
const mostAttempts = 20;

/**
 * Trained by the exact gradient; Adam gets to exact conditionals far sooner than plain descent. Theorems speak of learners
 * that got there, and about one in twenty gets stuck: then the next world and learner are taken.
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
  throw new UserError(`None of ${mostAttempts} learners came within ${limit} nats of its world.`);
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
 * Four concepts, 0 → 1 → 2 strongly dependent and 3 on its own, in as many dimensions as there are tokens: exact
 * to about 1e-6 nats, as it would not be in four. 0 and 2 are separated by 1, and 3 from all.
 */
export function chainRun(seed: number): TrainingRun {
  return exactRun(seed, { concepts: 4, dimension: 16, edges: chain, conditionals: [0.05, 0.95] });
}

/**
 * Five concepts, 0 → 1 → 2 and two on their own, in five dimensions, which seldom fit such a law exactly. In more of them,
 * tokens that disagree with a context keep whatever log-odds they happened to start with, and the vectors lie wherever that
 * leaves them.
 */
export function tightChainRun(seed: number): TrainingRun {
  return exactRun(seed, { concepts: 5, edges: chain, conditionals: [0.2, 0.8], learningRate: 0.01 }, 2e-3);
}

const descent = { concepts: 3, optimizer: 'sgd', learningRate: 1 } as const;

/** Three independent concepts by plain gradient descent, whose bias, other than Adam's, prefers no coordinates. */
export function independentDescent(seed: number): TrainingRun {
  return exactRun(seed, descent, 1e-4);
}

/** The same of three concepts that all depend on each other strongly, which three dimensions do not fit. */
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

/** One pair from small random vectors, at half of the greatest rate. */
export function onePair(seed: number): OnePairPoint[] {
  const random = randomSource(seed, simulatorStreams.initialisation);
  const draw = () => Float64Array.from({ length: 6 }, () => 0.1 * random.gaussian());
  return trainOnePair(draw(), draw(), 0.5, 20_000);
}
