import { t } from '@vscode/l10n';
import type { DirectionChoice } from '../../src/geometry/conceptDirection';
import { negligible } from '../../src/geometry/negligible';
import type { ConceptGeometry } from '../../src/protocol/geometryResult';

/* Why a value is undefined, where the other numbers show it; otherwise it is missing, and nothing is said of why. */

export const missing = t('– missing');

/** Of the pair × pair map; `undefined` where every cell has its number. */
export function pairwiseWords(geometry: ConceptGeometry): string | undefined {
  const { pairwise, pairsPerCell } = geometry;
  const { columns, data } = pairwise;
  if (!data.some(Number.isNaN)) return undefined;
  const differences = differencesPerBlock(geometry);
  const isExplained = (cell: number): boolean => {
    const [a, b] = [differences[Math.floor(cell / columns)]!, differences[cell % columns]!];
    return a === 0 || b === 0 || (pairsPerCell > 1 && a === 1 && cell % (columns + 1) === 0);
  };
  if (!data.every((value, cell) => !Number.isNaN(value) || isExplained(cell))) return missing;
  return pairsPerCell > 1
    ? t('– undefined: a block has no two differences to compare.')
    : t('– undefined: a pair’s two words have the same unembedding, so that there is no difference.');
}

/** How many pairs of each block have a difference. */
function differencesPerBlock({ norms, pairwise, pairsPerCell }: ConceptGeometry): number[] {
  const found = Array.from({ length: pairwise.rows }, () => 0);
  norms.forEach((length, pair) => {
    if (length > 0) found[Math.floor(pair / pairsPerCell)]!++;
  });
  return found;
}

/** Of leave-one-out cosines or projections in the result's order; `undefined` where every pair has its number. */
export function leaveOneOutWords(
  values: Float64Array,
  geometry: ConceptGeometry,
  direction: DirectionChoice,
): string | undefined {
  const pairs = [...values.keys()].filter((pair) => Number.isNaN(values[pair]!));
  if (pairs.length === 0) return undefined;
  const isExplained = (pair: number): boolean =>
    geometry.norms[pair] === 0 || othersCancel(geometry, pair, direction);
  return pairs.every(isExplained)
    ? t('– undefined: the pair has no difference, or the others cancel.')
    : missing;
}

/** Whether the weighted sum of all differences but one is negligible compared with its terms. */
function othersCancel(
  { norms, pairwise, pairsPerCell }: ConceptGeometry,
  pair: number,
  direction: DirectionChoice,
): boolean {
  // Of blocks and of principal directions the cosines do not say.
  if (pairsPerCell > 1 || direction === 'principal') return false;
  const others = [...norms.keys()].filter((other) => other !== pair && norms[other]! > 0);
  const length = (other: number): number => (direction === 'normalised' ? 1 : norms[other]!);
  const cosine = (a: number, b: number): number => (a === b ? 1 : pairwise.data[a * pairwise.columns + b]!);
  let [square, parts] = [0, 0];
  for (const a of others) {
    parts += length(a);
    for (const b of others) square += length(a) * length(b) * cosine(a, b);
  }
  // The cosines are rounded too.
  return Math.abs(square) <= negligible * parts ** 2;
}
