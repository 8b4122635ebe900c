import { ModelError } from '../../errors';
import { randomSource } from '../../geometry/random';
import { randomPairs, randomTokenSample, tokenGroups } from '../../geometry/randomTokens';
import type { Algebra } from '../../model/algebra/algebra';
import { matrix, row, type Matrix } from '../../geometry/matrix';
import { distance } from '../../geometry/vector';
import type { RowSet } from '../../model/head/rowSet';
import type { Unembedding } from '../../model/head/unembedding';
import type { RowSource } from '../rowSource';
import type { SizeNulls } from './sizeNulls';
import { streams } from './streams';

/** Random tokens and random pairs of these tokens. */
export interface RandomSample {
  /** `[tokens, hidden]` */
  readonly rows: Matrix;
  /** Positions in the sample. */
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/** The sample in one inner product, which concepts are compared with. */
export interface Baseline extends RandomSample {
  /** ‖difference‖ of every pair. */
  readonly norms: Float64Array;
  /** Pairs in ascending order of their norm. */
  readonly byNorm: Int32Array;
  /** Memoizes the last value computed from these rows; it is computed again only for another name. */
  readonly sizeNulls: (name: string, make: () => SizeNulls) => SizeNulls;
}

/** Number of values in a sample: all tokens of a small model, 2,400 of LLaMA-2-7B's. */
const mostNumbers = 10e6;
const fewestTokens = 256;
/** From this hidden size on, one matrix product per group is faster than subtracting pair by pair. */
const wideHidden = 1024;

/**
 * Draws tokens uniformly from the rows that count, however rare they are, as in Park et al. 2311.03658, §4.1. Both inner
 * products use the same sample.
 */
export function drawSample(
  unembedding: Pick<Unembedding, 'rows' | 'head'>,
  { ids }: RowSet,
  { seed, pairs }: { readonly seed: number; readonly pairs: number },
): RandomSample {
  const random = randomSource(seed, streams.baseline);
  const count = Math.max(fewestTokens, Math.floor(mostNumbers / unembedding.head.hiddenSize));
  const sample = randomTokenSample(ids.length, count, random).map((place) => ids[place]!);
  const rows = usableRows(unembedding, [...sample]);
  return { rows, ...randomPairs(rows.rows, pairs, random) };
}

export async function makeBaseline(
  source: RowSource,
  { rows, ...pairs }: RandomSample,
  algebra: Algebra,
): Promise<Baseline> {
  return baselineOf({ rows: await source.placed(rows), ...pairs }, algebra);
}

/** @param sample in coordinates where the inner product is the dot product */
export async function baselineOf({ rows, first, second }: RandomSample, algebra: Algebra): Promise<Baseline> {
  const norms =
    rows.columns < wideHidden
      ? directNorms(rows, first, second)
      : await groupNorms(rows, first, second, algebra);
  return { rows, first, second, norms, byNorm: orderOf(norms), sizeNulls: lastMade() };
}

function lastMade(): Baseline['sizeNulls'] {
  let last: { readonly name: string; readonly made: SizeNulls } | undefined;
  return (name, make) => {
    if (last?.name !== name) last = { name, made: make() };
    return last.made;
  };
}

/**
 * Positions in ascending order of values ≥ 0. Each value is rounded so that it fits into one number together with its
 * position: sorting numbers is several times faster than sorting with a comparison function.
 */
function orderOf(values: Float64Array): Int32Array {
  const places = 2 ** Math.ceil(Math.log2(values.length + 1));
  let most = 0;
  for (const value of values) most = value > most ? value : most;
  const steps = 2 ** 52 / places / (most || 1);
  const keys = new Float64Array(values.length);
  for (let place = 0; place < keys.length; place++)
    keys[place] = Math.round(values[place]! * steps) * places + place;
  keys.sort();
  const order = new Int32Array(keys.length);
  for (let i = 0; i < order.length; i++) order[i] = keys[i]! - Math.floor(keys[i]! / places) * places;
  return order;
}

/** A sampled row that no concept uses may be damaged. It is left out; bisection finds it. */
export function usableRows(unembedding: Pick<Unembedding, 'rows' | 'head'>, ids: readonly number[]): Matrix {
  try {
    return unembedding.rows(ids);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    const { hiddenSize } = unembedding.head;
    if (ids.length <= 1) return matrix(0, hiddenSize, new Float32Array(0));
    const middle = ids.length >> 1;
    const first = usableRows(unembedding, ids.slice(0, middle));
    const second = usableRows(unembedding, ids.slice(middle));
    const data = new Float32Array(first.data.length + second.data.length);
    data.set(first.data);
    data.set(second.data, first.data.length);
    return matrix(first.rows + second.rows, hiddenSize, data);
  }
}

function directNorms(rows: Matrix, first: Int32Array, second: Int32Array): Float64Array {
  return Float64Array.from(first, (position, pair) => distanceOf(rows, position, second[pair]!));
}

function distanceOf(rows: Matrix, first: number, second: number): number {
  return distance(row(rows, second), row(rows, first));
}

async function groupNorms(
  rows: Matrix,
  first: Int32Array,
  second: Int32Array,
  algebra: Algebra,
): Promise<Float64Array> {
  const grams: { readonly from: number; readonly gram: Matrix }[] = [];
  const groupOf = new Int32Array(rows.rows);
  for (const { from, to } of tokenGroups(rows.rows)) {
    const part = matrix(to - from, rows.columns, rows.data.subarray(from * rows.columns, to * rows.columns));
    groupOf.fill(grams.length, from, to);
    grams.push({ from, gram: await algebra.multiply(part, part) });
  }
  return Float64Array.from(first, (position, pair) => {
    const { from, gram } = grams[groupOf[position]!]!;
    const [i, j] = [position - from, second[pair]! - from];
    const at = (a: number, b: number): number => gram.data[a * gram.columns + b]!;
    const parts = at(i, i) + at(j, j);
    const square = parts - 2 * at(i, j);
    // For nearly equal rows only the rounding error of single precision would remain.
    return square > 1e-3 * parts ? Math.sqrt(square) : distanceOf(rows, position, second[pair]!);
  });
}
