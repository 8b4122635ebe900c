import { pairLabel } from '../concepts/concept';
import { exportPrefix } from '../concepts/conceptSources';
import type { Matrix } from '../geometry/matrix';
import { fileNamePart } from './fileNamePart';
import { innerProducts } from '../protocol/geometryResult';
import { keptPairs, type ConceptResult, type ProbeResult } from '../protocol/probeResult';

/**
 * A matrix of a result, with the name of its file and the labels of its rows; it is square, so its columns have the same
 * labels.
 */
export interface NamedMatrix {
  /** Without the suffix. */
  readonly name: string;
  readonly labels: readonly string[];
  readonly values: Matrix;
}

/** Every matrix of a result: `geometry.directions.euclidean`, `….differences.causal`, `….pairs.euclidean.01-male-female`, … */
export function resultMatrices(result: ProbeResult): NamedMatrix[] {
  const { concepts, directions, settings } = result;
  const products = innerProducts.filter((product) => settings.products.includes(product));
  const ofProducts = products.flatMap((product) => {
    const geometry = directions[product];
    if (!geometry) return [];
    const { concepts: labels, cosine, differenceCosine, sharedTokens, chance } = geometry;
    const named = (what: string, values: Matrix): NamedMatrix => ({
      name: `${exportPrefix}${what}.${product}`,
      labels,
      values,
    });
    return [
      named('directions', cosine),
      named('differences', differenceCosine),
      named('shared-tokens', sharedTokens),
      ...(chance ? [named('directions-p', chance.p), named('directions-q', chance.q)] : []),
      ...concepts.flatMap((concept, index) => {
        const values = concept[product]?.pairwise;
        if (!values || values.rows === 0) return [];
        const part = `${String(index + 1).padStart(2, '0')}-${fileNamePart(concept.name)}`;
        return [{ name: `${exportPrefix}pairs.${product}.${part}`, labels: pairLabels(concept), values }];
      }),
    ];
  });
  const control = {
    name: `${exportPrefix}directions.control`,
    labels: directions.euclidean.concepts,
    values: directions.control,
  };
  return [...ofProducts, control];
}

/** For very large concepts a row represents several pairs: `from … to`. */
function pairLabels(concept: ConceptResult): string[] {
  const { pairsPerCell } = concept.euclidean;
  const labels = keptPairs(concept).map(pairLabel);
  if (pairsPerCell === 1) return labels;
  return Array.from({ length: Math.ceil(labels.length / pairsPerCell) }, (_, cell) => {
    const [from, to] = [cell * pairsPerCell, Math.min(labels.length, (cell + 1) * pairsPerCell) - 1];
    return `${labels[from]!} … ${labels[to]!}`;
  });
}
