import type { Learner } from './learner';
import { rowExcess } from './rowExcess';
import type { World } from '../world/world';

/** The contexts used to compute a divergence, and their weights, with sum 1. */
export interface ContextSample {
  readonly contexts: Int32Array;
  readonly weights: Float64Array;
}

/**
 * All contexts if they have at most `exact` probabilities, otherwise a sample with about `sampled` probabilities: a
 * systematic sample by P(d), ordered by the number of unknown concepts, on which a divergence depends most.
 */
export function contextSample(world: World, exact: number, sampled: number): ContextSample {
  const { weights, tokens, known } = world;
  const all = Int32Array.from(weights, (_, place) => place);
  if (weights.length * tokens.length <= exact) return { contexts: all, weights };
  const size = Math.ceil(sampled / tokens.length);
  const knownConcepts = known.map(bitCount);
  all.sort((a, b) => knownConcepts[a]! - knownConcepts[b]! || a - b);
  const contexts = new Int32Array(size);
  let [place, below] = [0, weights[all[0]!]!];
  for (let n = 0; n < size; n++) {
    while (below < (n + 0.5) / size && place < all.length - 1) below += weights[all[++place]!]!;
    contexts[n] = all[place]!;
  }
  return { contexts, weights: new Float64Array(size).fill(1 / size) };
}

function bitCount(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** How far the learner's expected loss is above the least possible one: with softmax, Σ P(d) KL(p(·|d) ‖ p̂(·|d)) in nats. */
export function divergence(world: World, learner: Learner, { contexts, weights }: ContextSample): number {
  const { kernel } = learner;
  const excessOf = rowExcess(world, kernel);
  let sum = 0;
  for (let start = 0; start < contexts.length; start += kernel.capacity) {
    const count = Math.min(kernel.capacity, contexts.length - start);
    learner.forward(contexts, start, count, () => 1);
    for (let row = 0; row < count; row++)
      sum += weights[start + row]! * excessOf(contexts[start + row]!, row);
  }
  return sum;
}
