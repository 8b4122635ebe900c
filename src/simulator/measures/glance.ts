import { contextSample, type ContextSample } from '../training/divergence';
import { conceptPairs, type ConceptPairs, type Pairs } from './measures';
import type { World } from '../world/world';

/** Largest number of pairs per concept in a glance. */
const mostPairs = 512;
/**
 * Number of probabilities in a glance, about a millisecond of work: all up to m = 7, and those of a sample of contexts
 * above.
 */
const [allProbabilities, sampledProbabilities] = [300_000, 100_000];

/**
 * A sample of contexts, and of rows of both tables with the pairs among them: enough to judge the state of a run, and few
 * enough to compute often.
 */
export interface Glance {
  /** Contexts for the divergence. */
  readonly sample: ContextSample;
  /** Sampled rows of f and of g. */
  readonly contexts: Int32Array;
  readonly tokens: Int32Array;
  /** Pairs by indices into these rows. */
  readonly pairs: ConceptPairs;
}

/** A systematic sample, without random numbers. */
export function glanceAt(world: World): Glance {
  const { concepts, tokens, contexts } = conceptPairs(world);
  const all = Array.from({ length: concepts }, (_, concept) => concept);
  const g = placed(all.map((concept) => thinned(tokens(concept))));
  const f = placed(all.map((concept) => thinned(contexts(concept))));
  const sample = contextSample(world, allProbabilities, sampledProbabilities);
  const pairs = {
    concepts,
    tokens: (concept: number) => g.pairs[concept]!,
    contexts: (concept: number) => f.pairs[concept]!,
  };
  return { sample, tokens: g.rows, contexts: f.rows, pairs };
}

function thinned(pairs: Pairs): Pairs {
  const { starts, ends } = pairs;
  const { length } = starts;
  if (length <= mostPairs) return pairs;
  // A regular stride in the order of tokens and contexts would omit concepts.
  let stride = Math.floor(length * 0.618);
  while (commonDivisor(stride, length) > 1) stride++;
  const places = Int32Array.from({ length: mostPairs }, (_, n) => (n * stride) % length);
  return { starts: places.map((place) => starts[place]!), ends: places.map((place) => ends[place]!) };
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function placed(pairs: readonly Pairs[]): { rows: Int32Array; pairs: Pairs[] } {
  const places = new Map<number, number>();
  const place = (row: number): number => {
    const known = places.get(row) ?? places.size;
    places.set(row, known);
    return known;
  };
  const own = pairs.map(({ starts, ends }) => ({ starts: starts.map(place), ends: ends.map(place) }));
  return { rows: Int32Array.from(places.keys()), pairs: own };
}
