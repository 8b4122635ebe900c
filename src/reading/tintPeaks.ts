import { peaksOf } from './peaks';
import { standardized, type Reference } from './standardize';
import type { MeasuredPart } from './textTint';

/** A token at which a concept stands out. */
export interface TintPeak {
  readonly index: number;
  /** The concept that stands out most. */
  readonly concept: number;
  readonly z: number;
}

/**
 * The strongest places of a text, by whichever concept has the largest |z| there.
 *
 * @param least the smallest |z| that counts
 */
export function tintPeaks(
  { values }: Pick<MeasuredPart, 'values'>,
  references: readonly Reference[],
  count: number,
  least = 0,
): TintPeak[] {
  const strongest = new Float64Array(values[0]!.length).fill(NaN);
  const concepts = new Uint8Array(strongest.length);
  values.forEach((column, concept) => {
    column.forEach((value, i) => {
      const z = standardized(value, references[concept]!);
      if (!(Math.abs(z) >= least) || Math.abs(z) <= Math.abs(strongest[i]!)) return;
      strongest[i] = z;
      concepts[i] = concept;
    });
  });
  return peaksOf(strongest, count).map(({ index, z }) => ({ index, z, concept: concepts[index]! }));
}
