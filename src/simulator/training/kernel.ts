import type { Loss } from '../config/simulationConfig';

/** The shapes that a kernel works on, and the loss that its predictions are for. */
export interface KernelShape {
  readonly loss: Loss;
  /** Length of f: all numbers that embeddings of contexts are computed from, except g. */
  readonly parameters: number;
  /** Rows of the table g: tokens. */
  readonly tokens: number;
  /** Columns of g and of embeddings. */
  readonly dimension: number;
  /** Number of additional tables for the optimizer: none (SGD), one (momentum), two (Adam). */
  readonly moments: 0 | 1 | 2;
  /** Whether a step changes only a few rows of f, which then needs no gradient. */
  readonly isSparse: boolean;
}

/** A table with the optimizer's state: gradient and moments have its length, except that a sparse f has no gradient. */
export interface TrainedTable {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly moments: readonly Float32Array[];
}

/**
 * The arithmetic of a training step, in single precision. Contexts are processed in blocks of at most `capacity` rows;
 * tokens are stored transposed, so that consecutive tokens are adjacent in memory: token c's coordinate j is `g.values[j *
 * stride + c]`.
 */
export interface Kernel {
  readonly name: 'simd' | 'scalar';
  readonly shape: KernelShape;
  readonly capacity: number;
  readonly stride: number;
  /** [contexts, dimension], or whatever else embeddings are computed from. */
  readonly f: TrainedTable;
  /** [dimension, stride]. */
  readonly g: TrainedTable;
  /** [capacity, dimension]: the block's embeddings. */
  readonly rows: Float32Array;
  /** [capacity]: the weight of each row. */
  readonly weights: Float32Array;
  /** [capacity, stride]: filled by `predict`; `gradients` reads it after the targets have been subtracted. */
  readonly probabilities: Float32Array;
  /** [capacity, dimension]: filled by `gradients`. */
  readonly rowGradients: Float32Array;
  /**
   * probabilities[b, c] = weights[b] · p̂(c) for b < count, with the loss's estimate p̂ of p(c|d) from the logits z = rows[b]ᵀg(c):
   * softmax(z), 1 / (1 + e⁻ᶻ), or z itself; overwrites rows up to the next multiple of 4.
   */
  predict(count: number): void;
  /**
   * g's gradient += rowsᵀ · probabilities; rowGradients = probabilities · gᵀ. Rows up to the next multiple of 4 must be
   * zero.
   */
  gradients(count: number): void;
  /** values −= rate · gradient, of a table that is not empty; resets the gradient to zero. */
  descend(table: TrainedTable, rate: number): void;
  /** velocity = momentum · velocity + gradient; values −= rate · velocity; resets the gradient to zero. */
  descendWithMomentum(table: TrainedTable, rate: number, momentum: number): void;
  /**
   * m = β₁m + (1−β₁)∂, v = β₂v + (1−β₂)∂², values −= rate · m / (√v · scale + ε), with β₁ = .9, β₂ = .999, ε = 1e-8
   * and both bias corrections in `rate` and `scale`; resets the gradient to zero.
   */
  descendWithAdam(table: TrainedTable, rate: number, scale: number): void;
}

export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Row length in memory: whole pairs of vectors, and not a power of two, which would map to few cache sets. */
export function rowStride(tokens: number): number {
  return Math.ceil(tokens / 8) * 8 + 16;
}

/** Rows per block, so that their probabilities fit in the L1 cache. */
export function blockCapacity(tokens: number): number {
  const rows = Math.floor(20_000 / (4 * rowStride(tokens)));
  return Math.min(128, Math.max(24, rows - (rows % 4)));
}

/** Total bytes of all arrays. */
export function kernelBytes({ parameters, tokens, dimension, moments, isSparse }: KernelShape): number {
  const stride = rowStride(tokens);
  const capacity = blockCapacity(tokens);
  const f = parameters * ((isSparse ? 1 : 2) + moments);
  const g = stride * dimension * (2 + moments);
  return 4 * (f + g + stride + capacity * (stride + 2 * dimension + 1)) + 64 * 16;
}
