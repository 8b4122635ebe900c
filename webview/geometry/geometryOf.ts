import { productName } from '../../src/format/numbers';
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
  return (
    (chosen === 'euclidean' ? undefined : causalGeometry(result)) ?? {
      product: 'euclidean',
      name: productName('euclidean'),
      directions: result.directions.euclidean,
      of: ({ euclidean }) => euclidean,
    }
  );
}

export function hasCausal(result: ProbeResult): boolean {
  return causalGeometry(result) !== undefined;
}

function causalGeometry({ concepts, directions }: ProbeResult): Geometry | undefined {
  const { causal } = directions;
  if (!causal || concepts.some((concept) => concept.causal === null)) return undefined;
  return {
    product: 'causal',
    name: productName('causal'),
    directions: causal,
    of: (concept) => concept.causal ?? concept.euclidean,
  };
}
