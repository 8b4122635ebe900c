import { directionChance } from '../../../src/geometry/directionChance';
import type { Matrix } from '../../../src/geometry/matrix';

/**
 * {@link directionChance} with null distributions from a Gram matrix of randomDirections, in plain loops: even chains of
 * the smaller size with odd chains of the larger one.
 *
 * @param sizes ascending, as passed to randomDirections
 * @param conceptSizes number of pairs of each concept, all in `sizes`
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
