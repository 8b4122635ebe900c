import { randomSource } from '../geometry/random';
import { aliasSampler } from './aliasSampler';
import { lnDeterministic } from './elementary';
import type { Learner } from './learner';
import { simulatorStreams } from './streams';
import { forEachAgreeing, type World } from './world';

/** Probabilities that are looked at to know a divergence: all up to m = 10, a sample of the contexts above. */
export const greatestEffort = 2 ** 26;

/**
 * Σ P(d) KL(p(·|d) ‖ p̂(·|d)) in nats, over all contexts, or over a sample of them that depends on the seed alone where all
 * would be too many.
 *
 * @param most probabilities that may be looked at; a sample takes a sixteenth of them
 */
export function divergence(world: World, learner: Learner, seed: number, most = greatestEffort): number {
  const { weights } = world;
  const effort = weights.length * world.tokens.length;
  if (effort <= most) {
    const all = Int32Array.from(weights, (_, place) => place);
    return weightedDivergence(world, learner, all, (place) => weights[place]!);
  }
  const draw = aliasSampler(weights);
  const random = randomSource(seed, simulatorStreams.evaluation);
  const size = Math.ceil(most / 16 / world.tokens.length);
  const sample = Int32Array.from({ length: size }, () => draw(random));
  return weightedDivergence(world, learner, sample, () => 1 / size);
}

function weightedDivergence(
  world: World,
  learner: Learner,
  contexts: Int32Array,
  weightOf: (place: number) => number,
): number {
  const { kernel } = learner;
  let sum = 0;
  for (let start = 0; start < contexts.length; start += kernel.capacity) {
    const count = Math.min(kernel.capacity, contexts.length - start);
    learner.forward(contexts, start, count, () => 1);
    for (let row = 0; row < count; row++) {
      const place = contexts[start + row]!;
      sum += weightOf(place) * contextDivergence(world, place, kernel.probabilities, row * kernel.stride);
    }
  }
  return sum;
}

/** KL(p(·|d) ‖ p̂(·|d)), with p̂ at `offset` of `learned`. */
function contextDivergence(world: World, place: number, learned: Float32Array, offset: number): number {
  let sum = 0;
  forEachAgreeing(world, place, (assignment) => {
    const p = world.law[assignment]! / world.agreement[place]!;
    if (p > 0)
      sum += p * (lnDeterministic(p) - lnDeterministic(learned[offset + world.tokenOf[assignment]!]!));
  });
  return sum;
}
