import { matrix, type Matrix } from '../../geometry/matrix';
import { meanCosineBetween, meanCosineWithin, steering, type Steering } from './steering';
import type { World } from '../world/world';

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
 * @param pairs the rows of g and f that define steering vectors
 * @param f [contexts, k]
 * @param g [tokens, k]
 */
export function measures(pairs: ConceptPairs, f: Matrix, g: Matrix, includeSelf: boolean): Measures {
  const m = pairs.concepts;
  const all = Array.from({ length: m }, (_, concept) => concept);
  const unembedding = all.map((concept) => steering(g, pairs.tokens(concept)));
  const embedding = all.map((concept) => steering(f, pairs.contexts(concept)));
  const perConcept = unembedding.map((own, i) => ({
    u: meanCosineWithin(own, includeSelf),
    e: meanCosineWithin(embedding[i]!, includeSelf),
    ue: meanCosineBetween(own, embedding[i]!),
    unembeddingNorm: own.meanNorm,
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

/** The pairs of each concept, computed when requested, because all of them together are large. */
export interface ConceptPairs {
  readonly concepts: number;
  readonly tokens: (concept: number) => Pairs;
  readonly contexts: (concept: number) => Pairs;
}

export function conceptPairs(world: World): ConceptPairs {
  return {
    concepts: world.concepts,
    tokens: (concept) => tokenPairs(world, concept),
    contexts: (concept) => contextPairs(world, concept),
  };
}

/** Indices of the tokens c_{i→0} and c_{i→1} if both are tokens. */
export function tokenPairs({ tokens, tokenOf }: World, concept: number): Pairs {
  const bit = 1 << concept;
  const starts = tokens.filter((c) => (c & bit) === 0 && tokenOf[c | bit]! >= 0);
  return { starts: starts.map((c) => tokenOf[c]!), ends: starts.map((c) => tokenOf[c | bit]!) };
}

/** Indices of the contexts d_{i→0} and d_{i→1} if both occur. */
export function contextPairs(world: World, concept: number): Pairs {
  const { known, values, contextOf, places } = world;
  const bit = 1 << concept;
  const everything = (1 << world.concepts) - 1;
  const endOf = (place: number): number => {
    const [bits, value] = [known[place]!, values[place]!];
    if ((bits & bit) === 0 || (value & bit) !== 0) return -1;
    return contextOf[places[value | bit]! + 2 * places[everything & ~bits]!]!;
  };
  // Counted first: there may be half a million, and growing arrays take several times the memory.
  let count = 0;
  for (let place = 0; place < known.length; place++) if (endOf(place) >= 0) count++;
  const [starts, ends] = [new Int32Array(count), new Int32Array(count)];
  for (let place = known.length - 1; place >= 0; place--) {
    const end = endOf(place);
    if (end < 0) continue;
    starts[--count] = place;
    ends[count] = end;
  }
  return { starts, ends };
}

/** NaN if none is defined. */
export function meanOfDefined(values: readonly number[]): number {
  const defined = values.filter((value) => !Number.isNaN(value));
  return defined.reduce((sum, value) => sum + value, 0) / defined.length;
}
