import type { Matrix } from '../../geometry/matrix';
import { randomSource } from '../../geometry/random';
import { meanRow, sharedCosines, sharedDirections, type RandomRows } from '../../geometry/sharedDirections';
import { sharingOf, type Sharing, type TokenWeights } from '../../geometry/sharing';
import type { Algebra } from '../../model/algebra/algebra';
import type { Baseline } from './baseline';
import type { ProductContext } from './productContext';
import { streamOf } from './streams';

/**
 * For every two concepts a < b that share tokens: ascending |cosines| of random concepts that share tokens in the same way.
 * Pairs of concepts with the same kind of sharing use the same values. Their random numbers do not depend on the rest of
 * the file.
 */
export async function sharedChance(
  concepts: readonly { readonly differences: readonly TokenWeights[] }[],
  sharedTokens: Matrix,
  { rows }: Baseline,
  { settings, seed, algebra, memory }: ProductContext,
): Promise<(a: number, b: number) => Float64Array | undefined> {
  const normalised = settings.direction === 'normalised';
  const found = new Map<string, Float64Array>();
  let mean: Float64Array | undefined;
  for (const [b, second] of concepts.entries()) {
    for (const [a, first] of concepts.slice(0, b).entries()) {
      if (sharedTokens.data[a * sharedTokens.columns + b] === 0) continue;
      const sharing = sharingOf(first.differences, second.differences, normalised);
      if (!sharing) continue;
      const key = `${settings.direction} ${settings.randomPairs} ${seed} ${sharing.key}`;
      const chance = await memory.sharing.get(key, () => {
        mean ??= meanRow(rows);
        const random = randomSource(seed, streamOf('sharing', sharing.key));
        return cosinesOf(sharing, { rows, mean }, { random, normalised }, algebra);
      });
      found.set(`${a} ${b}`, chance);
    }
  }
  return (a, b) => found.get(`${a} ${b}`);
}

async function cosinesOf(
  sharing: Sharing,
  sample: RandomRows,
  drawing: Parameters<typeof sharedDirections>[2],
  algebra: Algebra,
): Promise<Float64Array> {
  const draws = sharedDirections(sample, sharing, drawing);
  const { common, first, second } = draws;
  return sharedCosines(draws, {
    commonFirst: await algebra.multiply(common, first),
    commonSecond: await algebra.multiply(common, second),
    firstSecond: await algebra.multiply(first, second),
  });
}
