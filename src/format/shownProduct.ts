import type { InnerProduct } from '../protocol/geometryResult';

/** Something in both inner products. */
export interface InProducts<T> {
  readonly euclidean: T;
  /** `null` where there is no causal inner product. */
  readonly causal: T | null;
}

/** The inner product that is shown: the causal one where there is one, unless the Euclidean one is chosen. */
export function shownProduct(hasCausal: boolean, chosen: InnerProduct | null = null): InnerProduct {
  return hasCausal && chosen !== 'euclidean' ? 'causal' : 'euclidean';
}

/** What there is in the inner product that is shown, with that product. */
export function inShownProduct<T>(
  { euclidean, causal }: InProducts<T>,
  chosen: InnerProduct | null = null,
): { readonly product: InnerProduct; readonly value: T } {
  const product = shownProduct(causal !== null, chosen);
  return { product, value: product === 'causal' && causal !== null ? causal : euclidean };
}
