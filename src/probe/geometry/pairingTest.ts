import type { Matrix } from '../../geometry/matrix';
import { pairingTable } from '../../geometry/pairingTable';
import { permutationTest, type PermutationOutcome } from '../../geometry/permutationTest';
import { randomSource, shuffle, type RandomSource } from '../../geometry/random';
import type { Algebra } from '../../model/algebra/algebra';
import { largestPairMap } from '../../protocol/geometryResult';
import { streamOf } from './streams';

/** The pairs of a concept to permute, and the random numbers for it. */
export interface PairingChoice {
  /** Positions among the concept's pairs. */
  readonly tested: Int32Array;
  readonly random: RandomSource;
}

/** The permutation test of one concept on its own; q is computed across all tests. */
export interface PairingOutcome extends PermutationOutcome {
  /** Number of tested pairs. */
  readonly pairs: number;
}

/**
 * The table of all pairings grows quadratically, so of very many pairs a random subset is tested.
 *
 * @param key identifies the concept's pairs and selects their random numbers
 */
export function pairingChoice(pairs: number, key: string, seed: number): PairingChoice {
  const random = randomSource(seed, streamOf('permutations', key));
  const order = Int32Array.from({ length: pairs }, (_, position) => position);
  if (pairs > largestPairMap) shuffle(order, random);
  return { tested: order.subarray(0, largestPairMap), random };
}

/** @param words of the tested pairs, bases above targets, `[2 × tested, hidden]` */
export async function pairingTest(
  words: Matrix,
  { permutations, random }: { readonly permutations: number; readonly random: RandomSource },
  algebra: Algebra,
): Promise<PairingOutcome | null> {
  const outcome = permutationTest(pairingTable(await algebra.multiply(words, words)), {
    permutations,
    random,
  });
  return outcome && { ...outcome, pairs: words.rows / 2 };
}
