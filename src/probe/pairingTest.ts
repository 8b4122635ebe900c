import type { RowPair } from '../geometry/differences';
import { matrix, row, type Matrix } from '../geometry/matrix';
import { pairingTable } from '../geometry/pairingTable';
import { permutationTest } from '../geometry/permutationTest';
import { randomSource, shuffle, type RandomSource } from '../geometry/random';
import type { Algebra } from '../model/algebra/algebra';
import { largestPairMap, type PermutationTest } from '../protocol/geometryResult';
import { streamOf } from './streams';

/** Which pairs of a concept are paired anew, and the random numbers for it. */
export interface PairingChoice {
  /** Positions among the concept's pairs. */
  readonly positions: Int32Array;
  readonly random: RandomSource;
}

/** The table of all pairings grows with the square: of very many pairs a random choice is tested. */
export function pairingChoice(pairs: number, key: string, seed: number): PairingChoice {
  const random = randomSource(seed, streamOf('permutations', key));
  const order = Int32Array.from({ length: pairs }, (_, position) => position);
  if (pairs > largestPairMap) shuffle(order, random);
  return { positions: order.subarray(0, largestPairMap), random };
}

/**
 * The pairs' bases around the mean of all their words, `[pairs, hidden]`: what those share says nothing of their pairing,
 * but would cost digits.
 */
export function centredBases(unembedding: Matrix, pairs: readonly RowPair[]): Matrix {
  const { columns } = unembedding;
  const mean = new Float64Array(columns);
  for (const { base, target } of pairs) {
    const [b, t] = [row(unembedding, base), row(unembedding, target)];
    for (let j = 0; j < columns; j++) mean[j]! += b[j]! + t[j]!;
  }
  for (let j = 0; j < columns; j++) mean[j]! /= 2 * pairs.length;
  const data = new Float32Array(pairs.length * columns);
  pairs.forEach(({ base }, i) => {
    const values = row(unembedding, base);
    for (let j = 0; j < columns; j++) data[i * columns + j] = values[j]! - mean[j]!;
  });
  return matrix(pairs.length, columns, data);
}

/**
 * The permutation test of a concept; q is yet that of a single test.
 *
 * @param bases of {@link centredBases}, for the chosen pairs, in the same coordinates as the differences
 * @param deltas of all pairs
 */
export async function pairingTest(
  { positions, random }: PairingChoice,
  bases: Matrix,
  deltas: Matrix,
  permutations: number,
  algebra: Algebra,
): Promise<PermutationTest | null> {
  const rows = withTargets(bases, deltas, positions);
  const outcome = permutationTest(pairingTable(await algebra.multiply(rows, rows)), { permutations, random });
  return outcome && { ...outcome, q: outcome.p, pairs: positions.length };
}

/** Bases above targets, in the precision that they come in. */
function withTargets(bases: Matrix, deltas: Matrix, positions: Int32Array): Matrix {
  const { columns } = bases;
  const n = positions.length;
  const length = 2 * n * columns;
  const data = bases.data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  data.set(bases.data);
  positions.forEach((position, i) => {
    const [base, delta] = [row(bases, i), row(deltas, position)];
    for (let j = 0; j < columns; j++) data[(n + i) * columns + j] = base[j]! + delta[j]!;
  });
  return matrix(2 * n, columns, data);
}
