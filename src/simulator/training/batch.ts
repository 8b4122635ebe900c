import type { RandomSource } from '../../geometry/random';
import type { World } from '../world/world';

/** A minibatch with equal contexts merged: it gives the same gradient, computed once per distinct context. */
export interface Batch {
  /** Distinct contexts. */
  size: number;
  /** [size], in the order in which they were drawn. */
  readonly contexts: Int32Array;
  /** [size]: number of samples of each. */
  readonly counts: Int32Array;
  /** [samples]: index in `contexts` of each sample. */
  readonly slots: Int32Array;
  /** [samples]: token of each. */
  readonly tokens: Int32Array;
}

/** Refills and returns the same batch with new samples at each call. */
export function batchSampler(world: World, samples: number, random: RandomSource): () => Batch {
  const batch: Batch = {
    size: 0,
    contexts: new Int32Array(samples),
    counts: new Int32Array(samples),
    slots: new Int32Array(samples),
    tokens: new Int32Array(samples),
  };
  const { contexts, counts, slots, tokens } = batch;
  const { places, contextOf, tokenOf, drawToken, drawMask } = world;
  const everything = (1 << world.concepts) - 1;
  const slotOf = new Int32Array(world.weights.length).fill(-1);
  return () => {
    for (let slot = 0; slot < batch.size; slot++) slotOf[contexts[slot]!] = -1;
    let size = 0;
    for (let sample = 0; sample < samples; sample++) {
      let context = -1;
      let assignment = 0;
      // A draw may be outside the contexts only if these were chosen.
      while (context < 0) {
        assignment = drawToken(random);
        const known = drawMask(random);
        context = contextOf[places[assignment & known]! + 2 * places[everything & ~known]!]!;
      }
      let slot = slotOf[context]!;
      if (slot < 0) {
        slot = size++;
        slotOf[context] = slot;
        contexts[slot] = context;
        counts[slot] = 0;
      }
      counts[slot] = counts[slot]! + 1;
      slots[sample] = slot;
      tokens[sample] = tokenOf[assignment]!;
    }
    batch.size = size;
    return batch;
  };
}
