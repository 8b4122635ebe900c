import { matrix } from '../../../src/geometry/matrix';
import type { BetweenResult, BetweenSide } from '../../../src/protocol/betweenResult';
import { innerProducts } from '../../../src/protocol/geometryResult';
import { keptPairs, type ConceptResult, type ProbeResult } from '../../../src/protocol/probeResult';
import { normal, randomNumbers } from './randomNumbers';

/** The pairs of two concepts of a result against each other, at most `mostColumns` of the second. */
export function sampleBetween(
  { concepts }: ProbeResult,
  first = 0,
  second = 1,
  mostColumns = Infinity,
): BetweenResult {
  const random = randomNumbers(17);
  const [a, all] = [sideOf(concepts[first]!), sideOf(concepts[second]!)];
  const b = { ...all, pairs: all.pairs.slice(0, mostColumns) };
  const [rows, columns] = [a.pairs.length, b.pairs.length];
  return {
    a,
    b,
    products: innerProducts.map((product) => {
      const data = Float64Array.from({ length: rows * columns }, () =>
        Math.max(-1, Math.min(1, 0.1 + 0.25 * normal(random))),
      );
      const mean = data.reduce((sum, value) => sum + value, 0) / data.length;
      return { product, mean, cosine: matrix(rows, columns, data) };
    }),
  };
}

function sideOf(concept: ConceptResult): BetweenSide {
  const pairs = keptPairs(concept).map(({ base, target }) => ({ base, target }));
  return { concept: concept.name, pairs, pairsPerCell: 1 };
}
