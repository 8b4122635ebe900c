import { matrix, type Matrix } from './matrix';
import { shuffle, type RandomSource } from './random';
import { ranks } from './ranks';

/** Two maps of the same things compared with maps whose things are renamed at random. */
export interface MantelOutcome {
  /** Spearman's rank correlation of the entries off the diagonal. */
  readonly rho: number;
  /** Share of the renamings, including the given one, whose correlation is at least that of the given one. */
  readonly p: number;
  /** The smallest possible p. */
  readonly resolution: number;
  /** Number of renamings compared with. */
  readonly permutations: number;
  /** Whether these are all renamings rather than a random sample. */
  readonly exact: boolean;
}

/** With three things there are six renamings, so that p is never below .16. */
const fewest = 4;
/** Correlations this close count as equal, because sums in another order differ in their last bits. */
const equal = 1e-12;

/**
 * Do two symmetric maps of the same things agree? The rank correlation of their entries above the diagonal (Spearman 1904),
 * with a one-sided permutation test that renames the things of one of them (Mantel 1967): entries of the same row depend on
 * each other, so that permuting single entries would find too much agreement.
 *
 * All n! renamings are enumerated if that takes no more than `permutations`. Without permutations p is NaN.
 *
 * @param first `[n, n]`, symmetric; the diagonal is ignored
 * @param second the same things in the same order
 * @returns `null` with fewer than four things, or if the entries of one are all equal or not all defined
 * @throws RangeError if the maps have different sizes
 */
export function mantelTest(
  first: Matrix,
  second: Matrix,
  { permutations, random }: { readonly permutations: number; readonly random: RandomSource },
): MantelOutcome | null {
  const n = first.rows;
  if (second.rows !== n) throw new RangeError(`A map of ${n} and one of ${second.rows} cannot be compared.`);
  if (n < fewest) return null;
  const [a, b] = [rankMap(first), rankMap(second)];
  if (!a || !b) return null;
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const rho = Math.max(-1, Math.min(1, agreement(a, b, order)));
  const enough = rho - equal;
  const all = order.reduce((product, i) => product * (i + 1), 1);
  if (all <= permutations) {
    let reaching = 0;
    everyOrder(order, n, () => {
      if (agreement(a, b, order) >= enough) reaching++;
    });
    return { rho, p: reaching / all, resolution: 1 / all, permutations: all, exact: true };
  }
  let reaching = 1;
  for (let i = 0; i < permutations; i++) {
    shuffle(order, random);
    if (agreement(a, b, order) >= enough) reaching++;
  }
  const resolution = permutations > 0 ? 1 / (1 + permutations) : NaN;
  return { rho, p: reaching * resolution, resolution, permutations, exact: false };
}

/** Ranks of the entries, scaled so that Σ = 0 and Σ² = 1 above the diagonal; `null` if they are equal or undefined. */
function rankMap({ rows: n, data }: Matrix): Matrix | null {
  const entries = Float64Array.from(above(n), ([i, j]) => data[i * n + j]!);
  if (entries.some(Number.isNaN)) return null;
  const mean = (entries.length + 1) / 2;
  const centred = ranks(entries).map((rank) => rank - mean);
  const length = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0));
  if (length === 0) return null;
  const map = new Float64Array(n * n);
  above(n).forEach(([i, j], at) => {
    map[i * n + j] = map[j * n + i] = centred[at]! / length;
  });
  return matrix(n, n, map);
}

function above(n: number): (readonly [row: number, column: number])[] {
  return Array.from({ length: n }, (_, i) => i).flatMap((i) =>
    Array.from({ length: n - i - 1 }, (_, offset) => [i, i + 1 + offset] as const),
  );
}

/** Renaming only moves ranks, so that their product is the rank correlation. */
function agreement({ rows: n, data: a }: Matrix, { data: b }: Matrix, order: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    const renamed = order[i]! * n;
    for (let j = i + 1; j < n; j++) sum += a[i * n + j]! * b[renamed + order[j]!]!;
  }
  return sum;
}

/** Calls `visit` with every order of the first `size` values, changing `order` in place (Heap 1963). */
function everyOrder(order: Int32Array, size: number, visit: () => void): void {
  if (size <= 1) {
    visit();
    return;
  }
  for (let i = 0; i < size; i++) {
    everyOrder(order, size - 1, visit);
    const other = size % 2 === 0 ? i : 0;
    const value = order[other]!;
    order[other] = order[size - 1]!;
    order[size - 1] = value;
  }
}
