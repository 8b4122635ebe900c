import { separation, type Separation } from '../../src/geometry/separation';
import type { MeasureResult } from '../../src/protocol/contextResult';
import { memoize } from '../charts/memoize';
import type { OverlaidSet } from '../charts/overlaid';
import type { UiState } from '../state/uiState';

/** One concept in the sets that are compared. */
export interface ComparedConcept {
  readonly name: string;
  /** The first set and, if there is one, the second. */
  readonly sets: readonly OverlaidSet[];
  /** `null` with one set, or if one has no value. */
  readonly separation: Separation | null;
}

/** A measurement of the labels that the reader compares. */
export interface ComparedSets {
  /** Positions of the compared sets in the result: two of them, or the only one. */
  readonly positions: readonly number[];
  readonly concepts: readonly ComparedConcept[];
}

/** The chosen labels; the first two unless others are chosen that exist. */
export function comparedSets(
  result: MeasureResult,
  { firstLabel, secondLabel }: Pick<UiState, 'firstLabel' | 'secondLabel'>,
): ComparedSets {
  const labels = result.sets.map(({ label }) => label);
  const chosen = firstLabel === null ? -1 : labels.indexOf(firstLabel);
  const first = chosen < 0 ? 0 : chosen;
  const other = secondLabel === null ? -1 : labels.indexOf(secondLabel);
  const second = other >= 0 && other !== first ? other : labels.findIndex((_, at) => at !== first);
  return compared(result)(second < 0 ? `${first}` : `${first} ${second}`);
}

/** Memoized, because 40 charts are not to be laid out again with every progress message. */
const compared = memoize((result: MeasureResult) => {
  const known = new Map<string, ComparedSets>();
  return (key: string): ComparedSets => {
    const old = known.get(key);
    if (old) return old;
    const positions = key.split(' ').map(Number);
    const made = {
      positions,
      concepts: result.concepts.map((concept) => comparedConcept(concept, positions)),
    };
    known.set(key, made);
    return made;
  };
});

function comparedConcept(
  { name, sets, separation: ofFirstTwo }: MeasureResult['concepts'][number],
  positions: readonly number[],
): ComparedConcept {
  const own = positions.map((at, color): OverlaidSet => ({ ...sets[at]!, color }));
  if (positions[0] === 0 && positions[1] === 1) return { name, sets: own, separation: ofFirstTwo };
  const [first, second] = own.map(({ values }) => values.filter((value) => !Number.isNaN(value)));
  return { name, sets: own, separation: first && second ? separation(first, second) : null };
}

/** From the largest AUC to the smallest; concepts without one last. */
export function byAuc(concepts: readonly ComparedConcept[]): readonly ComparedConcept[] {
  const auc = (concept: ComparedConcept) => concept.separation?.auc.value ?? -1;
  return concepts.toSorted((a, b) => auc(b) - auc(a));
}
