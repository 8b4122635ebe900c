import type { Matrix } from '../../../geometry/matrix';

/**
 * How a learner computes the embeddings f(d) of contexts. Its trained numbers are the kernel's table `f`, and with tied weights
 * `g`.
 */
export interface ContextEncoder {
  /** Sets the initial numbers. */
  initialise(draw: Draw): void;
  /** Writes f(d) of `contexts[start + row]` into the kernel's rows, for row < count. */
  load(contexts: Int32Array, start: number, count: number): void;
  /** Passes the kernel's row gradients on to the numbers from which `load` has just computed these rows. */
  passBack(contexts: Int32Array, start: number, count: number): void;
  /** Multiplies the weights in `f`, but no bias, by `share`. */
  decay(share: number): void;
  /** All embeddings, if they are stored as they are. */
  stored(): Matrix | null;
}

/** A random initial number. @param fanIn number of inputs of the layer that it belongs to */
export type Draw = (fanIn: number) => number;
