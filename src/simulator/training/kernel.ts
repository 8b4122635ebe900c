/** The shapes that a kernel works on. */
export interface KernelShape {
  /** Rows of the table f: contexts. */
  readonly contexts: number;
  /** Rows of the table g: tokens. */
  readonly tokens: number;
  /** Columns of both. */
  readonly dimension: number;
  /** Second tables beside f and g for the optimiser: none (SGD), one (momentum), two (Adam). */
  readonly moments: 0 | 1 | 2;
}

/** A table with what its optimiser keeps: gradient and moments have its length; without moments they are empty. */
export interface TrainedTable {
  readonly values: Float32Array;
  readonly gradient: Float32Array;
  readonly moments: readonly Float32Array[];
}

/**
 * The arithmetic of a training step, in single precision. Contexts come in blocks of at most `capacity` rows; tokens lie
 * transposed, so that neighbours in memory are neighbouring tokens: token c's coordinate j is `g.values[j * stride + c]`.
 */
export interface Kernel {
  readonly name: 'simd' | 'scalar';
  readonly shape: KernelShape;
  readonly capacity: number;
  readonly stride: number;
  /** [contexts, dimension]; no gradient where there are no moments, as then only a block's rows change. */
  readonly f: TrainedTable;
  /** [dimension, stride]. */
  readonly g: TrainedTable;
  /** [capacity, dimension]: the block's rows of f. */
  readonly rows: Float32Array;
  /** [capacity]: what each row counts. */
  readonly weights: Float32Array;
  /** [capacity, stride]: filled by `softmax`; minus the targets it is what `gradients` reads. */
  readonly probabilities: Float32Array;
  /** [capacity, dimension]: filled by `gradients`. */
  readonly rowGradients: Float32Array;
  /** probabilities[b, c] = weights[b] · softmax_c(rows[b]ᵀ g(c)) for b < count; rows up to the next multiple of 4 are lost. */
  softmax(count: number): void;
  /** g's gradient += rowsᵀ · probabilities; rowGradients = probabilities · gᵀ. As for `softmax`; those rows must be zero. */
  gradients(count: number): void;
  /** values −= rate · gradient, and the gradient is zero again. */
  descend(table: TrainedTable, rate: number): void;
  /** velocity = momentum · velocity + gradient; values −= rate · velocity; gradient zero. */
  descendWithMomentum(table: TrainedTable, rate: number, momentum: number): void;
  /**
   * m = β₁m + (1−β₁)∂, v = β₂v + (1−β₂)∂², values −= rate · m / (√v · scale + ε), with β₁ = .9, β₂ = .999, ε = 1e-8
   * and both corrections of the bias in `rate` and `scale`; gradient zero.
   */
  descendWithAdam(table: TrainedTable, rate: number, scale: number): void;
}

export const adamConstants = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;

/** Tokens to a row in memory: whole pairs of vectors, and not a power of two, which would share few lines of the cache. */
export function rowStride(tokens: number): number {
  return Math.ceil(tokens / 8) * 8 + 16;
}

/** Rows of a block: as many as keep their probabilities in the processor's first cache. */
export function blockCapacity(tokens: number): number {
  const rows = Math.floor(20_000 / (4 * rowStride(tokens)));
  return Math.min(128, Math.max(24, rows - (rows % 4)));
}

/** Bytes of all arrays together. */
export function kernelBytes({ contexts, tokens, dimension, moments }: KernelShape): number {
  const stride = rowStride(tokens);
  const capacity = blockCapacity(tokens);
  const f = contexts * dimension * (moments === 0 ? 1 : 2 + moments);
  const g = stride * dimension * (2 + moments);
  return 4 * (f + g + stride + capacity * (stride + 2 * dimension + 1)) + 64 * 16;
}
