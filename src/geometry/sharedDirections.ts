import { matrix, row, type Matrix } from './matrix';
import type { RandomSource } from './random';
import type { Sharing, Term } from './sharing';
import { dot, norm, type Vector } from './vector';

/** So many cosines make a null. */
const cosines = 10_000;
/** Draws of what only one of the two concepts has. */
const ownDraws = 100;
/** Draws of what both have: each is combined with many of the former, where there are any. */
const commonDraws = 100;
/** Where there are none, or each takes a square root for every difference: up to so many, or terms of all together. */
const mostCommonDraws = 1000;
const mostTerms = 100_000;

/** One for each part at least. */
const fewestTokens = 4;

/** Sums of random concepts that share as two concepts do, in parts. Row i and row draws + i of `common` go together. */
export interface SharedDraws {
  /** What common tokens add to the first concept's sum, below it to the second's: `[2 · draws, hidden]`. */
  readonly common: Matrix;
  /** What only the first concept has, `[draws, hidden]`. */
  readonly first: Matrix;
  readonly second: Matrix;
}

/**
 * Draws a different random row for every token of two concepts. Common tokens, those of the first alone and those of the
 * second alone come from parts of the sample of their own, so that every draw of one goes with every draw of another.
 *
 * @param rows a random sample of unembedding rows in random order, `[tokens, hidden]`
 * @param mean of those rows; taken off every row, it leaves whole differences as they are and keeps parts of them short
 * @param normalised sums terms at unit length
 * @returns zero rows with fewer than four tokens
 */
export function sharedDirections(
  rows: Matrix,
  mean: Float64Array,
  { common, own: [first, second] }: Sharing,
  { random, normalised = false }: { readonly random: RandomSource; readonly normalised?: boolean },
): SharedDraws {
  const total = common.tokens + first.tokens + second.tokens;
  const share = (tokens: number): number =>
    tokens === 0 ? 0 : Math.max(1, Math.floor(((rows.rows - 3) * tokens) / total));
  let end = 0;
  const drawn = (tokens: number, sides: readonly (readonly Term[])[], draws: number): Matrix => {
    const start = end;
    end += share(tokens);
    const next = randomTokens(start, end, tokens, random);
    const sums = matrix(
      sides.length * draws,
      rows.columns,
      new Float64Array(sides.length * draws * rows.columns),
    );
    for (let draw = 0; draw < draws && rows.rows >= fewestTokens; draw++) {
      const positions = next();
      sides.forEach((terms, side) => {
        const sum = row(sums, side * draws + draw);
        for (const term of terms) addTerm(sum, term, positions, rows, mean, normalised);
      });
    }
    return sums;
  };
  const terms = common.first.length + common.second.length;
  const many = Math.max(commonDraws, Math.min(mostCommonDraws, Math.floor(mostTerms / terms)));
  const draws = normalised || total === common.tokens ? many : commonDraws;
  return {
    common: drawn(common.tokens, [common.first, common.second], draws),
    first: drawn(first.tokens, [first.first], ownDraws),
    second: drawn(second.tokens, [second.second], ownDraws),
  };
}

/** Mean of all rows. `[columns]` */
export function meanRow(rows: Matrix): Float64Array {
  const sum = new Float64Array(rows.columns);
  for (let i = 0; i < rows.rows; i++) {
    const values = row(rows, i);
    for (let j = 0; j < sum.length; j++) sum[j]! += values[j]!;
  }
  return sum.map((value) => value / rows.rows);
}

/** Positions from … to − 1 in random order, `count` at a time: all different, as long as there are as many. */
function randomTokens(from: number, to: number, count: number, random: RandomSource): () => Int32Array {
  const order = Int32Array.from({ length: to - from }, (_, i) => from + i);
  return () => {
    const positions = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const at = i % order.length;
      const other = at + random.integer(order.length - at);
      [order[at], order[other]] = [order[other]!, order[at]!];
      positions[i] = order[at]!;
    }
    return positions;
  };
}

function addTerm(
  sum: Vector,
  { tokens, weights }: Term,
  positions: Int32Array,
  rows: Matrix,
  mean: Float64Array,
  normalised: boolean,
): void {
  if (!normalised && tokens.length === 1) {
    const [values, weight] = [row(rows, positions[tokens[0]!]!), weights[0]!];
    for (let j = 0; j < sum.length; j++) sum[j]! += weight * (values[j]! - mean[j]!);
    return;
  }
  const term = new Float64Array(sum.length);
  tokens.forEach((token, i) => {
    const [values, weight] = [row(rows, positions[token]!), weights[i]!];
    for (let j = 0; j < term.length; j++) term[j]! += weight * (values[j]! - mean[j]!);
  });
  const length = normalised ? norm(term) : 1;
  // Two rows that are the same have no difference.
  if (length > 0) for (let j = 0; j < sum.length; j++) sum[j]! += term[j]! / length;
}

/** Inner products of the draws' parts with each other. */
export interface SharedProducts {
  /** Of `common` with `first`, `[2 · draws, draws]`. */
  readonly commonFirst: Matrix;
  readonly commonSecond: Matrix;
  readonly firstSecond: Matrix;
}

/** |cosine| of the two directions for 10,000 combinations of draws, ascending; fewer where there is little to combine. */
export function sharedCosines(draws: SharedDraws, products: SharedProducts): Float64Array {
  const { common, first, second } = draws;
  const count = common.rows / 2;
  const isAlone = [first, second].every(({ data }) => data.every((value) => value === 0));
  const each = isAlone ? 1 : Math.min(first.rows, Math.ceil(cosines / count));
  const [squares, firstSquares, secondSquares] = [common, first, second].map(squaresOf) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const at = ({ data, columns }: Matrix, i: number, j: number): number => data[i * columns + j]!;
  const values: number[] = [];
  for (let k = 0; k < count; k++) {
    const between = dot(row(common, k), row(common, count + k));
    for (let i = 0; i < each; i++) {
      // Not always the same two together.
      const j = (i + k) % second.rows;
      const product =
        between +
        at(products.commonSecond, k, j) +
        at(products.commonFirst, count + k, i) +
        at(products.firstSecond, i, j);
      const lengths = [
        squares[k]! + 2 * at(products.commonFirst, k, i) + firstSquares[i]!,
        squares[count + k]! + 2 * at(products.commonSecond, count + k, j) + secondSquares[j]!,
      ] as const;
      if (lengths[0] > 0 && lengths[1] > 0)
        values.push(Math.min(1, Math.abs(product) / Math.sqrt(lengths[0] * lengths[1])));
    }
  }
  return Float64Array.from(values).sort();
}

function squaresOf(source: Matrix): Float64Array {
  return Float64Array.from({ length: source.rows }, (_, i) => dot(row(source, i), row(source, i)));
}
