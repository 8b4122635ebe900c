import { directionChance } from '../../../src/geometry/directionChance';
import type { Matrix } from '../../../src/geometry/matrix';

/**
 * {@link directionChance} with the nulls of a Gram matrix of randomDirections, by plain loops: an even chain of the
 * smaller size against an odd one of the larger.
 *
 * @param sizes ascending, as randomDirections was given them
 * @param conceptSizes pairs of each concept, all among `sizes`
 */
export function chanceOfChains(
  gram: Matrix,
  sizes: readonly number[],
  count: number,
  conceptSizes: readonly number[],
  observed: Matrix,
  ofShared?: (a: number, b: number) => Float64Array | undefined,
) {
  const at = (i: number, j: number): number => gram.data[i * gram.columns + j]!;
  const ofSizes = (a: number, b: number): Float64Array => {
    const [s, t] = [a, b].map((concept) => sizes.indexOf(conceptSizes[concept]!)).sort((x, y) => x - y);
    const values: number[] = [];
    for (let i = s! * count; i < (s! + 1) * count; i += 2)
      for (let j = t! * count + 1; j < (t! + 1) * count; j += 2)
        if (at(i, i) > 0 && at(j, j) > 0) values.push(Math.abs(at(i, j)));
    return Float64Array.from(values).sort();
  };
  return directionChance(observed, ofSizes, ofShared);
}
