import type { Matrix } from './matrix';
import type { RandomSource } from './random';

/** The given pairing of a concept's words compared with other pairings of the same words. */
export interface PermutationOutcome {
  /** Share of the pairings, including the given one, whose statistic is at least that of the given one. */
  readonly p: number;
  /** The smallest possible p. */
  readonly resolution: number;
  /** Number of pairings compared with. */
  readonly permutations: number;
  /** Whether these are all pairings rather than a random sample. */
  readonly exact: boolean;
}

/** Mean cosines this close count as equal, because sums in another order differ in their last bits. */
const equal = 1e-12;

/**
 * Are these pairs more parallel than the same bases and targets paired at random? The statistic is the mean of
 * table[i][π(i)], with π the identity for the given pairs; see pairingTable. If there are at most `permutations` pairings,
 * all n! are used and p is exact; otherwise p = (1 + #≥)/(1 + permutations) of random ones (Phipson & Smyth 2010).
 *
 * @param table cosines `[n, n]`, no NaN
 * @returns `null` with fewer than two pairs or no permutations
 */
export function permutationTest(
  table: Matrix,
  { permutations, random }: { readonly permutations: number; readonly random: RandomSource },
): PermutationOutcome | null {
  const n = table.rows;
  if (n < 2 || permutations < 1) return null;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const enough = sumAlong(table, order) - equal * n;
  const all = factorial(n);
  if (all <= permutations) {
    const p = pairingsReaching(table, enough) / all;
    return { p, resolution: 1 / all, permutations: all, exact: true };
  }
  let reaching = 1;
  for (let i = 0; i < permutations; i++) {
    if (shuffledSum(table, order, random) >= enough) reaching++;
  }
  const resolution = 1 / (1 + permutations);
  return { p: reaching * resolution, resolution, permutations, exact: false };
}

function sumAlong({ data, columns }: Matrix, order: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < order.length; i++) sum += data[i * columns + order[i]!]!;
  return sum;
}

/** Shuffles `order` like `shuffle` does, and sums along it at the same time. */
function shuffledSum({ data, columns }: Matrix, order: Int32Array, random: RandomSource): number {
  let sum = 0;
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const target = order[j]!;
    order[j] = order[i]!;
    order[i] = target;
    sum += data[i * columns + target]!;
  }
  return sum + data[order[0]!]!;
}

/** Number of all n! pairings whose sum is at least `enough`. */
function pairingsReaching({ rows, columns, data }: Matrix, enough: number): number {
  const isTaken = new Uint8Array(rows);
  const from = (base: number, sum: number): number => {
    if (base === rows) return sum >= enough ? 1 : 0;
    let found = 0;
    for (let target = 0; target < rows; target++) {
      if (isTaken[target]) continue;
      isTaken[target] = 1;
      found += from(base + 1, sum + data[base * columns + target]!);
      isTaken[target] = 0;
    }
    return found;
  };
  return from(0, 0);
}

function factorial(n: number): number {
  let product = 1;
  for (let i = 2; i <= n; i++) product *= i;
  return product;
}
