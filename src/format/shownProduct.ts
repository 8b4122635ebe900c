import type { InnerProduct } from '../protocol/geometryResult';

/** A value in both inner products. */
export interface InProducts<T> {
  readonly euclidean: T;
  /** `null` if there is no causal inner product. */
  readonly causal: T | null;
}

/** The displayed inner product: the causal one if there is one, unless the Euclidean one is chosen. */
export function shownProduct(hasCausal: boolean, chosen: InnerProduct | null = null): InnerProduct {
  return hasCausal && chosen !== 'euclidean' ? 'causal' : 'euclidean';
}

/** The value in the displayed inner product, and that product. */
export function inShownProduct<T>(
  { euclidean, causal }: InProducts<T>,
  chosen: InnerProduct | null = null,
): { readonly product: InnerProduct; readonly value: T } {
  const product = shownProduct(causal !== null, chosen);
  return { product, value: product === 'causal' && causal !== null ? causal : euclidean };
}
