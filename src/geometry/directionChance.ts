import { benjaminiHochberg } from './falseDiscoveryRate';
import { matrix, type Matrix } from './matrix';
import { quantile } from './quantile';

/** Cosines of concept directions compared with those of random concepts. Matrices are `[concepts, concepts]`. */
export interface ChanceOfDirections {
  /** (1 + #≥)/(1 + N) of |cosine|; NaN on the diagonal. */
  readonly p: Matrix;
  /** Benjamini–Hochberg across all pairs of concepts. */
  readonly q: Matrix;
  /** The 95 % quantile of the random |cosines|. */
  readonly quantile95: Matrix;
  /** The smallest possible p. */
  readonly resolution: number;
}

/** Two concepts with the same tokens have a cosine of 1, up to rounding in single precision. */
const rounding = 1e-5;

/**
 * Compares |cosine| of every two concept directions with random concepts of the same sizes. Concepts that share tokens have
 * a separate null distribution.
 *
 * @param observed cosines of the concepts' directions, `[concepts, concepts]`; NaN gives NaN
 * @param ofSizes ascending |cosines| of random concepts as large as the two
 * @param ofShared the same for two concepts a < b that share tokens (see sharedCosines)
 */
export function directionChance(
  observed: Matrix,
  ofSizes: (a: number, b: number) => Float64Array,
  ofShared: (a: number, b: number) => Float64Array | undefined = () => undefined,
): ChanceOfDirections {
  const n = observed.rows;
  const [p, quantile95] = [new Float64Array(n * n).fill(NaN), new Float64Array(n * n).fill(NaN)];
  let fewest = Infinity;
  const tests: { readonly a: number; readonly b: number; readonly p: number }[] = [];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const own = ofShared(a, b);
      const chance = own ?? ofSizes(a, b);
      const value = Math.abs(observed.data[a * n + b]!);
      const share = (1 + atLeast(chance, own ? value - rounding : value)) / (1 + chance.length);
      fewest = Math.min(fewest, chance.length);
      tests.push({ a, b, p: Number.isNaN(value) || chance.length === 0 ? NaN : share });
      quantile95[a * n + b] = quantile95[b * n + a] = quantile(chance, 0.95);
    }
  }
  const rates = benjaminiHochberg(tests.map((test) => test.p));
  const q = new Float64Array(n * n).fill(NaN);
  tests.forEach((test, i) => {
    p[test.a * n + test.b] = p[test.b * n + test.a] = test.p;
    q[test.a * n + test.b] = q[test.b * n + test.a] = rates[i]!;
  });
  const resolution = 1 / (1 + (Number.isFinite(fewest) ? fewest : 0));
  return { p: matrix(n, n, p), q: matrix(n, n, q), quantile95: matrix(n, n, quantile95), resolution };
}

/** Number of sorted values that are at least `value`. */
function atLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}
