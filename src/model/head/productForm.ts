import type { WeightUse } from './weight';
import type { Step } from './steps';

/** The axes of a product, counted from the end: −1 is the last. */
export interface ProductAxes {
  /** The input that holds the hidden states. */
  readonly data: number;
  /** The axis of hidden dimensions in that input. */
  readonly hidden: number;
  /** The axis of the vocabulary in the product. */
  readonly tokens: number;
}

/** `[…, hidden]` · U is `[…, vocab]`. */
export const matrixProduct: ProductAxes = { data: 0, hidden: -1, tokens: -1 };

/** The weight and axes of a product, and the steps that the operator applies to it. */
export interface ProductForm extends WeightUse {
  readonly axes: ProductAxes;
  /** Applied before the steps of the walk. */
  readonly steps: readonly Step[];
}
