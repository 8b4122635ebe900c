import { productName } from '../../src/format/numbers';
import { inShownProduct } from '../../src/format/shownProduct';
import type { ConceptGeometry, DirectionGeometry, InnerProduct } from '../../src/protocol/geometryResult';
import type { ConceptResult, ProbeResult } from '../../src/protocol/probeResult';

/** A result as it is in one inner product: what every view reads, so that none mixes two. */
export interface Geometry {
  readonly product: InnerProduct;
  /** As sentences name it: "Euclidean", "causal". */
  readonly name: string;
  readonly directions: DirectionGeometry;
  readonly of: (concept: ConceptResult) => ConceptGeometry;
}

/** The result in the chosen inner product: causal unless chosen otherwise, and Euclidean where there is no causal one. */
export function geometryOf(result: ProbeResult, chosen: InnerProduct | null): Geometry {
  const { product, value: directions } = inShownProduct(result.directions, chosen);
  return {
    product,
    name: productName(product),
    directions,
    of: (concept) => inShownProduct(concept, product).value,
  };
}

export function hasCausal({ directions }: ProbeResult): boolean {
  return directions.causal !== null;
}
