import type { CounterfactualPair } from '../concepts/concept';
import type { Matrix } from '../geometry/matrix';
import type { AxisRequest } from './axisRequest';
import type { InnerProduct } from './geometryResult';

/** Asks how the pairs of one concept lie to those of another; both are names of concepts in the request. */
export interface BetweenRequest extends Omit<AxisRequest, 'count' | 'product'> {
  readonly a: string;
  readonly b: string;
  readonly products: readonly InnerProduct[];
}

/** The kept pairs of one of the two concepts. */
export interface BetweenSide {
  readonly concept: string;
  readonly pairs: readonly CounterfactualPair[];
  /** Greater than 1 for very many pairs: a row or column is then the mean over a block of them. */
  readonly pairsPerCell: number;
}

/** The differences of one concept against those of another. */
export interface BetweenResult {
  readonly a: BetweenSide;
  readonly b: BetweenSide;
  readonly products: readonly BetweenProduct[];
}

export interface BetweenProduct {
  readonly product: InnerProduct;
  /** cos(δᵢ, εⱼ), `[rows of a, columns of b]`; NaN where a difference is zero. */
  readonly cosine: Matrix;
  /** Mean over all pairs i of one and j of the other, the value of *Mean pairwise cosines* in the map across concepts. */
  readonly mean: number | null;
}

/** The result in an inner product; in the first one if it does not have that. */
export function betweenIn({ products }: BetweenResult, product: InnerProduct): BetweenProduct {
  return products.find((one) => one.product === product) ?? products[0]!;
}
