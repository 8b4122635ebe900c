import type { Matrix } from '../../geometry/matrix';
import { pairingTable } from '../../geometry/pairingTable';
import { permutationTest, type PermutationOutcome } from '../../geometry/permutationTest';
import { randomSource, shuffle, type RandomSource } from '../../geometry/random';
import type { Algebra } from '../../model/algebra/algebra';
import { largestPairMap } from '../../protocol/geometryResult';
import { streamOf } from './streams';

/** Which pairs of a concept are paired anew, and the random numbers for it. */
export interface PairingChoice {
  /** Positions among the concept's pairs. */
  readonly tested: Int32Array;
  readonly random: RandomSource;
}

/** The permutation test of one concept by itself: a q is of all tests together. */
export interface PairingOutcome extends PermutationOutcome {
  /** Pairs tested. */
  readonly pairs: number;
}

/**
 * The table of all pairings grows with the square: of very many pairs a random choice is tested.
 *
 * @param key names the concept's pairs: it has its own random numbers
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
