import { innerProducts, type InnerProduct } from '../../src/protocol/geometryResult';
import type { BothModels, ComparedGeometry, ModelComparison } from '../../src/protocol/modelComparison';
import type { ConceptResult, ProbeResult } from '../../src/protocol/probeResult';

/** Compares two results that keep the same pairs of the concepts they share. */
export function sampleComparison(first: ProbeResult, second: ProbeResult): ModelComparison {
  const geometry = (a: ConceptResult, b: ConceptResult, product: InnerProduct): ComparedGeometry | null => {
    const [one, other] = [a[product], b[product]];
    if (!one || !other) return null;
    const leaveOneOut = both(one.leaveOneOut.mean, other.leaveOneOut.mean);
    const { difference } = leaveOneOut;
    return {
      leaveOneOut: {
        ...leaveOneOut,
        interval:
          difference === null
            ? null
            : { low: difference - 0.125, high: difference + 0.125, level: 0.95, resamples: 2000 },
      },
      meanCosine: both(one.meanCosine, other.meanCosine),
    };
  };
  const directions = innerProducts.map((product) => {
    const [a, b] = [first, second].map((result) => result.directions[product]);
    return a && b
      ? {
          mean: both(a.offDiagonal?.mean ?? null, b.offDiagonal?.mean ?? null),
          largest: both(a.offDiagonal?.largest ?? null, b.offDiagonal?.largest ?? null),
        }
      : null;
  });
  const concepts = first.concepts.flatMap((concept) => {
    const other = second.concepts.find(({ name }) => name === concept.name);
    if (!other) return [];
    const [euclidean, causal] = innerProducts.map((product) => geometry(concept, other, product));
    return [{ name: concept.name, pairs: concept.kept, euclidean: euclidean!, causal: causal ?? null }];
  });
  return { second, common: { concepts, euclidean: directions[0]!, causal: directions[1] ?? null } };
}

function both(first: number | null, second: number | null): BothModels {
  return { first, second, difference: first === null || second === null ? null : second - first };
}
