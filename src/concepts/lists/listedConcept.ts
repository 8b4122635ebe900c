import type { Concept, CounterfactualPair } from '../concept';

/** A pair in a list: a base and one or more correct answers, the first counted one of which is used. */
export interface ListedPair {
  readonly base: string;
  /** At least one. BATS writes several as `woman/lady`. */
  readonly answers: readonly string[];
  /** As in a concept file, or in an exported result. */
  readonly leftOut?: true;
}

/** A concept of a list, before its answers have been chosen. */
export interface ListedConcept extends Omit<Concept, 'pairs'> {
  readonly pairs: readonly ListedPair[];
}

/** The pairs of a list under one name; `null` if the list has no name, so that the file's is used. */
export interface ListSection {
  readonly name: string | null;
  readonly pairs: readonly ListedPair[];
}

/** A line of a text, or an entry of a JSON list, without a pair. Numbered from 1. */
export interface RejectedLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** The columns of a table, and the indices (from 0) of the two with the words. */
export interface ChosenColumns {
  /** Their names; "column 3" for one without a name. */
  readonly names: readonly string[];
  readonly chosen: readonly [number, number];
}

/** The contents of a list, including everything that was skipped. */
export interface ReadList {
  readonly sections: readonly ListSection[];
  readonly rejected: readonly RejectedLine[];
  /** The unit that `line` of {@link RejectedLine} counts. */
  readonly unit: 'line' | 'entry';
  /** Sentences about how the list was read, without its name and without a full stop. */
  readonly notes: readonly string[];
  /** The first line if it contains the column names, and so is not a pair. */
  readonly header: readonly string[] | null;
  /** Only if there was a choice. */
  readonly columns: ChosenColumns | null;
  /** Why there are no pairs in it: which format it has, and what to do. */
  readonly refusal: string | null;
}

/** The user's options for reading a list. */
export interface ListOptions {
  /** Two columns by name or by number from 1. */
  readonly columns?: readonly [string, string];
  /** `false`: the first line is a pair, even if it looks like column names. */
  readonly header?: boolean;
}

export const emptyList: ReadList = {
  sections: [],
  rejected: [],
  unit: 'line',
  notes: [],
  header: null,
  columns: null,
  refusal: null,
};

export function listedPair({ base, target, leftOut }: CounterfactualPair): ListedPair {
  return { base, answers: [target], ...(leftOut && { leftOut }) };
}

/** The pairs in order, without duplicates. */
export function distinctPairs(pairs: readonly ListedPair[]): ListedPair[] {
  const seen = new Set<string>();
  return pairs.filter(({ base, answers }) => seen.size < seen.add(JSON.stringify([base, answers])).size);
}
