import { matrix, type Matrix } from '../geometry/matrix';
import { meanCosineBetween, meanCosineWithin, steering, type Steering } from './steering';
import type { World } from './world';

/** J § 3 for one concept. */
export interface ConceptMeasures {
  /** Mean pairwise cosine of its unembedding steering vectors g(c_{i→1}) − g(c_{i→0}). */
  readonly u: number;
  /** The same of its embedding steering vectors f(d_{i→1}) − f(d_{i→0}). */
  readonly e: number;
  /** Mean cosine between the two sets. */
  readonly ue: number;
  readonly unembeddingNorm: number;
  readonly embeddingNorm: number;
}

export interface Measures {
  /** Means over the concepts for which they are defined. */
  readonly u: number;
  readonly e: number;
  readonly ue: number;
  readonly perConcept: readonly ConceptMeasures[];
  /** [m, m] mean cosines between the steering vectors of two concepts (Fig. 7a); the diagonal is U, E, UE. */
  readonly unembeddingMap: Matrix;
  readonly embeddingMap: Matrix;
  /** Row: unembedding; column: embedding. */
  readonly crossMap: Matrix;
}

/**
 * U, E and UE with heat maps.
 *
 * @param f [contexts, k]
 * @param g [tokens, k]
 */
export function measures(world: World, f: Matrix, g: Matrix, includeSelf: boolean): Measures {
  const { concepts: m } = world;
  const all = Array.from({ length: m }, (_, concept) => concept);
  const unembedding = all.map((concept) => steering(g, tokenPairs(world, concept)));
  const embedding = all.map((concept) => steering(f, contextPairs(world, concept)));
  const perConcept = all.map((i) => ({
    u: meanCosineWithin(unembedding[i]!, includeSelf),
    e: meanCosineWithin(embedding[i]!, includeSelf),
    ue: meanCosineBetween(unembedding[i]!, embedding[i]!),
    unembeddingNorm: unembedding[i]!.meanNorm,
    embeddingNorm: embedding[i]!.meanNorm,
  }));
  const map = (rows: readonly Steering[], columns: readonly Steering[]): Matrix =>
    matrix(
      m,
      m,
      Float64Array.from({ length: m * m }, (_, at) => {
        const [row, column] = [rows[Math.floor(at / m)]!, columns[at % m]!];
        return row === column ? meanCosineWithin(row, includeSelf) : meanCosineBetween(row, column);
      }),
    );
  return {
    u: meanOfDefined(perConcept.map(({ u }) => u)),
    e: meanOfDefined(perConcept.map(({ e }) => e)),
    ue: meanOfDefined(perConcept.map(({ ue }) => ue)),
    perConcept,
    unembeddingMap: map(unembedding, unembedding),
    embeddingMap: map(embedding, embedding),
    crossMap: map(unembedding, embedding),
  };
}

export interface Pairs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
}

/** Places of the tokens c_{i→0} and c_{i→1} where both are tokens. */
export function tokenPairs({ tokens, tokenOf }: World, concept: number): Pairs {
  const bit = 1 << concept;
  const starts = tokens.filter((c) => (c & bit) === 0 && tokenOf[c | bit]! >= 0);
  return { starts: starts.map((c) => tokenOf[c]!), ends: starts.map((c) => tokenOf[c | bit]!) };
}

/** Places of the contexts d_{i→0} and d_{i→1} where both occur. */
export function contextPairs(world: World, concept: number): Pairs {
  const { known, values, contextOf, places } = world;
  const bit = 1 << concept;
  const everything = (1 << world.concepts) - 1;
  const starts: number[] = [];
  const ends: number[] = [];
  known.forEach((bits, place) => {
    if ((bits & bit) === 0 || (values[place]! & bit) !== 0) return;
    const end = contextOf[places[values[place]! | bit]! + 2 * places[everything & ~bits]!]!;
    if (end < 0) return;
    starts.push(place);
    ends.push(end);
  });
  return { starts: Int32Array.from(starts), ends: Int32Array.from(ends) };
}

/** NaN if none is defined. */
export function meanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
