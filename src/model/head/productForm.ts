import type { WeightUse } from './weight';
import type { Step } from './steps';

/** What a product does with the axes of its data; counted from the end, so −1 is the last. */
export interface ProductAxes {
  /** The input that holds the hidden states. */
  readonly data: number;
  /** Of that input, the axis of the hidden dimensions. */
  readonly hidden: number;
  /** Of the product, the axis of the vocabulary. */
  readonly tokens: number;
}

/** `[…, hidden]` · U is `[…, vocab]`. */
export const matrixProduct: ProductAxes = { data: 0, hidden: -1, tokens: -1 };

/** What a product says about its weight and its axes, and what it does itself to the product. */
export interface ProductForm extends WeightUse {
  readonly axes: ProductAxes;
  /** Before the steps of the walk. */
  readonly steps: readonly Step[];
}
