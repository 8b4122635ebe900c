import { directionChance } from '../../geometry/directionChance';
import { randomSource } from '../../geometry/random';
import { randomDirections } from '../../geometry/randomDirections';
import type { DirectionChance } from '../../protocol/geometryResult';
import type { Baseline } from './baseline';
import type { MeasuredDirections, NamedSummary } from './directionGeometry';
import type { ProductContext } from './productContext';
import { sharedChance } from './sharedChance';
import { SizeNulls } from './sizeNulls';
import { streams } from './streams';

/** Random concepts of each size: their cosines give a null distribution of 10,000 values for every two sizes. */
export const randomConcepts = 200;

/**
 * Compares the directions with those of random concepts that have the same sizes and share tokens in the same way.
 *
 * @param concepts those that have a direction
 * @returns `null` with fewer than two concepts, with too few tokens for two random ones, or for principal directions: sums
 * of random differences do not show how principal directions of random differences behave
 */
export async function compareDirections(
  concepts: readonly NamedSummary[],
  { cosine, sharedTokens }: MeasuredDirections,
  baseline: Baseline,
  context: ProductContext,
): Promise<DirectionChance | null> {
  const { seed, settings, algebra } = context;
  if (concepts.length < 2 || settings.direction === 'principal') return null;
  const sizes = concepts.map(({ pairs }) => pairs);
  const nulls = baseline.sizeNulls(`${settings.direction} ${seed}`, () => {
    const options = {
      count: randomConcepts,
      random: (chain: number) => randomSource(seed, streams.directions + chain),
      normalised: settings.direction === 'normalised',
    };
    return new SizeNulls((some) => randomDirections(baseline.rows, some, options), algebra);
  });
  const ofSizes = await nulls.of(sizes);
  const ofShared = await sharedChance(concepts, sharedTokens, baseline, context);
  const chance = directionChance(cosine, (a, b) => ofSizes(sizes[a]!, sizes[b]!), ofShared);
  // Too few tokens for two concepts without shared tokens.
  return chance.resolution === 1 ? null : chance;
}
