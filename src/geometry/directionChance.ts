import { benjaminiHochberg } from './falseDiscoveryRate';
import { matrix, type Matrix } from './matrix';
import { quantile } from './quantile';

/** How the cosines of concept directions compare with those of random concepts. Matrices `[concepts, concepts]`. */
export interface ChanceOfDirections {
  /** (1 + #≥)/(1 + N) of |cosine|; NaN on the diagonal. */
  readonly p: Matrix;
  /** Benjamini–Hochberg across all pairs of concepts. */
  readonly q: Matrix;
  /** Below this 95 % of the random |cosines| lie. */
  readonly quantile95: Matrix;
  /** The smallest p that could come out. */
  readonly resolution: number;
}

/** Two concepts of the same tokens have cosines of 1, but for the rounding of single precision. */
const rounding = 1e-5;

/**
 * Compares |cosine| of every two concept directions with random concepts of the same sizes: an even chain against an
 * odd one, because those share no word (see randomDirections). Concepts that share tokens have a null of their own.
 *
 * @param gram cosines of the directions of randomDirections, `[sizes · count, sizes · count]`
 * @param sizes as randomDirections was given them
 * @param count its chains
 * @param conceptSizes pairs of each concept, all among `sizes`
 * @param observed cosines of the concepts' directions, `[concepts, concepts]`; NaN gives NaN
 * @param shared ascending |cosines| for two concepts a < b that share tokens (see sharedCosines)
 */
export function directionChance(
  gram: Matrix,
  sizes: readonly number[],
  count: number,
  conceptSizes: readonly number[],
  observed: Matrix,
  shared: (a: number, b: number) => Float64Array | undefined = () => undefined,
): ChanceOfDirections {
  const n = conceptSizes.length;
  const nulls = new Map<string, Float64Array>();
  const nullOf = (a: number, b: number): Float64Array => {
    const [s, t] = [a, b].map((concept) => sizes.indexOf(conceptSizes[concept]!)).sort((x, y) => x - y);
    const key = `${s!} ${t!}`;
    const found = nulls.get(key) ?? chanceCosines(gram, count, s!, t!);
    nulls.set(key, found);
    return found;
  };
  const [p, quantile95] = [new Float64Array(n * n).fill(NaN), new Float64Array(n * n).fill(NaN)];
  let fewest = Infinity;
  const tests: { readonly a: number; readonly b: number; readonly p: number }[] = [];
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      const own = shared(a, b);
      const chance = own ?? nullOf(a, b);
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

/** |cosine| of even chains of size s with odd chains of size t, ascending; without chains that have no direction. */
function chanceCosines(gram: Matrix, count: number, s: number, t: number): Float64Array {
  const at = (i: number, j: number): number => gram.data[i * gram.columns + j]!;
  const values: number[] = [];
  for (let i = s * count; i < (s + 1) * count; i += 2) {
    for (let j = t * count + 1; j < (t + 1) * count; j += 2) {
      if (at(i, i) > 0 && at(j, j) > 0) values.push(Math.abs(at(i, j)));
    }
  }
  return Float64Array.from(values).sort();
}

/** How many of the ascending values are at least `value`. */
function atLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return sorted.length - low;
}
