import type { Matrix } from '../geometry/matrix';
import type { AxisRequest } from './axisRequest';
import type { InnerProduct } from './geometryResult';
import type { ModelSummary } from './modelSummary';

/** The rows of U for the words of concepts, and the concepts' directions, as vectors. */
export interface VectorsRequest extends Omit<AxisRequest, 'count' | 'product'> {
  readonly products: readonly InnerProduct[];
}

/** What a vector stands for. */
export interface VectorLabel {
  readonly kind: 'word' | 'direction';
  /** A word, or the concept's name. */
  readonly name: string;
  readonly concept: string;
  /** Empty for directions. */
  readonly side: 'base' | 'target' | '';
}

/** Vectors in coordinates in which an inner product is the dot product. */
export interface VectorSpace {
  readonly product: InnerProduct;
  /** The words of the kept pairs, then the directions at unit length. `[labels, hidden]` */
  readonly vectors: Matrix;
}

export interface VectorsResult {
  readonly model: ModelSummary;
  readonly labels: readonly VectorLabel[];
  readonly spaces: readonly VectorSpace[];
}
