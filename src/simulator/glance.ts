import { contextSample, type ContextSample } from './divergence';
import { conceptPairs, type ConceptPairs, type Pairs } from './measures';
import type { World } from './world';

/** Pairs of a concept that a glance takes, at most. */
const mostPairs = 512;
/** Probabilities that a glance looks at: a millisecond's work, all up to m = 7. */
const mostProbabilities = 300_000;

/** Some contexts, and some rows of both tables with the pairs among them: enough to see where a run stands, few enough to look often. */
export interface Glance {
  /** For the divergence. */
  readonly sample: ContextSample;
  /** Rows of f and of g. */
  readonly contexts: Int32Array;
  readonly tokens: Int32Array;
  /** Of rows by their place in those two. */
  readonly pairs: ConceptPairs;
}

/** All of it chosen evenly, without any random number. */
export function glanceAt(world: World): Glance {
  const { tokens, contexts } = conceptPairs(world);
  const [g, f] = [placed(tokens.map(thinned)), placed(contexts.map(thinned))];
  const sample = contextSample(world, mostProbabilities, mostProbabilities);
  return { sample, tokens: g.rows, contexts: f.rows, pairs: { tokens: g.pairs, contexts: f.pairs } };
}

function thinned({ starts, ends }: Pairs): Pairs {
  const stride = Math.max(1, starts.length / mostPairs);
  const places = Int32Array.from({ length: Math.min(starts.length, mostPairs) }, (_, n) =>
    Math.floor(n * stride),
  );
  return { starts: places.map((place) => starts[place]!), ends: places.map((place) => ends[place]!) };
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
