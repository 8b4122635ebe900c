import { isSamePair, type Concept, type CounterfactualPair } from './concept';
import { addPairs } from './editConcepts';

/* Rows that are moved within a list of the concept file. Each function takes the old list and returns a new one. */

/** A pair, and the concept that it belongs to. */
export interface MovedPair {
  readonly concept: string;
  readonly pair: CounterfactualPair;
}

/**
 * Moves pairs, in their order in the file, to the end of a concept or to the place of one of its pairs. Rows that are moved
 * down within their concept come to stand after that pair, so that the last place can be reached; otherwise before it. A pair
 * that the other concept has already is not added a second time.
 */
export function movePairs(
  concepts: readonly Concept[],
  moved: readonly MovedPair[],
  to: string,
  at?: CounterfactualPair,
): readonly Concept[] {
  const target = concepts.find(({ name }) => name === to);
  const isMoved = (concept: string, pair: CounterfactualPair): boolean =>
    moved.some((row) => row.concept === concept && isSamePair(row.pair, pair));
  if (!target || moved.length === 0 || (at && isMoved(to, at))) return concepts;
  const taken = concepts.flatMap(({ name, pairs }) => pairs.filter((pair) => isMoved(name, pair)));
  const left = concepts.map((concept) => ({
    ...concept,
    pairs: concept.pairs.filter((pair) => !isMoved(concept.name, pair)),
  }));
  const rest = left.find(({ name }) => name === to)!.pairs;
  const isBelow = target.pairs.findIndex((pair) => isMoved(to, pair)) < target.pairs.findIndex(isAt);
  const comesFromHere = moved.some(({ concept }) => concept === to);
  const place = at ? rest.findIndex(isAt) + (comesFromHere && isBelow ? 1 : 0) : rest.length;
  // Of pairs that the concept has already, only the first copy stays.
  const [added] = addPairs([{ name: to, pairs: rest }], to, taken).concepts;
  const fresh = added!.pairs.slice(rest.length);
  return left.map((concept) =>
    concept.name === to ? { ...concept, pairs: rest.toSpliced(place, 0, ...fresh) } : concept,
  );

  function isAt(pair: CounterfactualPair): boolean {
    return at !== undefined && isSamePair(pair, at);
  }
}

/**
 * Moves concepts, in their order in the file, to the place of another one, or to the end. As with {@link movePairs}, those that
 * are moved down come to stand after it.
 */
export function moveConcepts(
  concepts: readonly Concept[],
  names: readonly string[],
  at?: string,
): readonly Concept[] {
  const isMoved = ({ name }: Concept): boolean => names.includes(name);
  const to = concepts.findIndex(({ name }) => name === at);
  if (at !== undefined && (to < 0 || isMoved(concepts[to]!))) return concepts;
  const rest = concepts.filter((concept) => !isMoved(concept));
  const isBelow = concepts.findIndex(isMoved) < to;
  const place = at === undefined ? rest.length : rest.indexOf(concepts[to]!) + (isBelow ? 1 : 0);
  return rest.toSpliced(place, 0, ...concepts.filter(isMoved));
}

/** Moves a concept or a pair by one place within its list; the same list if it is at the end already. */
export function moveByOne(
  concepts: readonly Concept[],
  { concept, pair }: { readonly concept: string; readonly pair?: CounterfactualPair },
  step: -1 | 1,
): readonly Concept[] {
  if (!pair) {
    const next = concepts[concepts.findIndex(({ name }) => name === concept) + step];
    return next ? moveConcepts(concepts, [concept], next.name) : concepts;
  }
  const pairs = concepts.find(({ name }) => name === concept)?.pairs ?? [];
  const next = pairs[pairs.findIndex((one) => isSamePair(one, pair)) + step];
  return next ? movePairs(concepts, [{ concept, pair }], concept, next) : concepts;
}
