import type { World } from '../../world/world';

/** The vector from which a layer computes the embedding of a context. */
export interface LayerInput {
  readonly size: number;
  /** Writes the vector of context `place` into [at, at + size). */
  write(place: number, target: Float64Array, at: number): void;
  /** Passes on its gradient, in [at, at + size); `null` if it is not trained. */
  readonly passBack: ((place: number, gradient: Float64Array, at: number) => void) | null;
}

/** Three numbers for each concept, one of which is 1: value 0, value 1, hidden. */
export function oneHotInput({ concepts, known, values }: World): LayerInput {
  return {
    size: 3 * concepts,
    write(place, target, at) {
      target.fill(0, at, at + 3 * concepts);
      for (let concept = 0; concept < concepts; concept++) {
        const isKnown = ((known[place]! >> concept) & 1) === 1;
        target[at + 3 * concept + (isKnown ? (values[place]! >> concept) & 1 : 2)] = 1;
      }
    },
    passBack: null,
  };
}
