import { matrix, row, type Matrix } from './matrix';
import type { RandomSource } from './random';
import type { Sharing, Term } from './sharing';
import { dot, norm } from './vector';

/** Number of cosines in a null distribution. */
const cosines = 10_000;
/** Number of draws of the part that only one of the two concepts has. */
const ownDraws = 100;
/** Number of draws of the common part, each of which is combined with several of the former. */
const commonDraws = 400;
/** Number of draws, or of terms in all draws together, if everything is common; at least {@link ownDraws} draws. */
const wholeDraws = 1000;
const mostTerms = 100_000;

/** At least one for each part. */
const fewestTokens = 4;

/** A random sample of unembedding rows, in random order. */
export interface RandomRows {
  /** `[tokens, hidden]` */
  readonly rows: Matrix;
  /** Their mean. Subtracting it from every row does not change differences, and keeps their parts short. */
  readonly mean: Float64Array;
}

/**
 * Sums of random concepts that share tokens like two given concepts, in parts. Rows i and draws + i of `common` belong
 * together.
 */
export interface SharedDraws {
  /** Contribution of common tokens to the first concept's sum, and below to the second's: `[2 · draws, hidden]`. */
  readonly common: Matrix;
  /** Contribution of tokens that only the first concept has, `[draws, hidden]`. */
  readonly first: Matrix;
  readonly second: Matrix;
}

/**
 * Draws a different random row for every token of two concepts. Common tokens, those of only the first and those of only the
 * second concept are drawn from separate parts of the sample, so that every draw of one part can be combined with every draw
 * of another.
 *
 * @param normalised whether to sum terms at unit length
 * @returns zero rows with fewer than four tokens
 */
export function sharedDirections(
  sample: RandomRows,
  { common, own: [first, second] }: Sharing,
  { random, normalised = false }: { readonly random: RandomSource; readonly normalised?: boolean },
): SharedDraws {
  const { rows } = sample;
  const total = common.tokens + first.tokens + second.tokens;
  const share = (tokens: number): number =>
    tokens === 0 ? 0 : Math.max(1, Math.floor(((rows.rows - 3) * tokens) / total));
  const difference = new Float64Array(rows.columns);
  const add = (sum: Float64Array, term: Term, positions: Int32Array): void => {
    if (!normalised) {
      addRows(sum, term, positions, sample);
      return;
    }
    addRows(difference.fill(0), term, positions, sample);
    const length = norm(difference);
    // Two equal rows have no difference.
    if (length > 0) for (let j = 0; j < sum.length; j++) sum[j]! += difference[j]! / length;
  };
  let end = 0;
  const drawn = (tokens: number, sides: readonly (readonly Term[])[], draws: number): Matrix => {
    const start = end;
    end += share(tokens);
    const next = randomTokens(start, end, tokens, random);
    // Terms that are not normalized individually form one weighted sum.
    const summed = sides.map((terms) => (normalised ? terms : [joined(terms)]));
    const data = new Float64Array(sides.length * draws * rows.columns);
    for (let draw = 0; draw < draws && rows.rows >= fewestTokens; draw++) {
      const positions = next();
      summed.forEach((terms, side) => {
        const start = (side * draws + draw) * rows.columns;
        const sum = data.subarray(start, start + rows.columns);
        for (const term of terms) add(sum, term, positions);
      });
    }
    return matrix(sides.length * draws, rows.columns, data);
  };
  const most = total === common.tokens ? wholeDraws : commonDraws;
  const terms = common.first.length + common.second.length;
  const draws = Math.max(ownDraws, Math.min(most, Math.floor(mostTerms / terms)));
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

/** Positions from … to − 1 in random order, `count` at a time, without repetition as long as there are enough. */
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

function joined(terms: readonly Term[]): Term {
  return {
    tokens: terms.flatMap(({ tokens }) => tokens),
    weights: terms.flatMap(({ weights }) => weights),
  };
}

/**
 * Adds the weighted rows of the tokens at these positions, less their mean. Four at a time, to pass over `sum` less often.
 */
function addRows(
  sum: Float64Array,
  { tokens, weights }: Term,
  positions: Int32Array,
  { rows: { data, columns }, mean }: RandomRows,
): void {
  const place = (i: number): number => positions[tokens[i]!]! * columns;
  let i = 0;
  for (; i + 3 < tokens.length; i += 4) {
    const [a, b, c, d] = [place(i), place(i + 1), place(i + 2), place(i + 3)];
    const [u, v, w, x] = [weights[i]!, weights[i + 1]!, weights[i + 2]!, weights[i + 3]!];
    for (let j = 0; j < columns; j++)
      sum[j]! += u * data[a + j]! + v * data[b + j]! + w * data[c + j]! + x * data[d + j]!;
  }
  for (; i < tokens.length; i++) {
    const [at, weight] = [place(i), weights[i]!];
    for (let j = 0; j < columns; j++) sum[j]! += weight * data[at + j]!;
  }
  const total = weights.reduce((all, weight) => all + weight, 0);
  if (total !== 0) for (let j = 0; j < columns; j++) sum[j]! -= total * mean[j]!;
}

/** Inner products between the parts of the draws. */
export interface SharedProducts {
  /** Of `common` with `first`, `[2 · draws, draws]`. */
  readonly commonFirst: Matrix;
  readonly commonSecond: Matrix;
  readonly firstSecond: Matrix;
}

/** |cosine| of the two directions for 10,000 combinations of draws, ascending; fewer if there are fewer combinations. */
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
      // Varies which two are combined.
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
