import type { Concept, CounterfactualPair } from '../concept';

/** A pair as a list gives it: a base and one or more right answers, of which the first that counts is taken. */
export interface ListedPair {
  readonly base: string;
  /** At least one. BATS writes several as `woman/lady`. */
  readonly answers: readonly string[];
}

/** A concept of a list, before it is known which answers count. */
export interface ListedConcept extends Omit<Concept, 'pairs'> {
  readonly pairs: readonly ListedPair[];
}

/** What a list holds under one name; `null` where the list gives none and the file's name stands for it. */
export interface ListSection {
  readonly name: string | null;
  readonly pairs: readonly ListedPair[];
}

/** A line of a text, or an entry of a JSON list, without a pair. Both count from 1. */
export interface RejectedLine {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
}

/** The columns of a table, and which two of them hold the words. Counted from 0. */
export interface ChosenColumns {
  /** Their names; "column 3" where there is none. */
  readonly names: readonly string[];
  readonly chosen: readonly [number, number];
}

/** Everything that a list says, and everything of it that is not taken. */
export interface ReadList {
  readonly sections: readonly ListSection[];
  readonly rejected: readonly RejectedLine[];
  /** What `line` of {@link RejectedLine} counts. */
  readonly unit: 'line' | 'entry';
  /** Sentences about how the list was read, without its name and without a full stop. */
  readonly notes: readonly string[];
  /** The first line, where it names the columns; it is no pair. */
  readonly header: readonly string[] | null;
  /** Where there was a choice. */
  readonly columns: ChosenColumns | null;
  /** Why there is no pair in it: which form it has, and what to do. */
  readonly refusal: string | null;
}

/** What a user may say about how a list is read. */
export interface ListOptions {
  /** Two columns by name or by number from 1. */
  readonly columns?: readonly [string, string];
  /** `false`: the first line is a pair too, whatever it looks like. */
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

export function listedPair({ base, target }: CounterfactualPair): ListedPair {
  return { base, answers: [target] };
}

/** Pairs in their order, each once. */
export function distinctPairs(pairs: readonly ListedPair[]): ListedPair[] {
  const seen = new Set<string>();
  return pairs.filter(({ base, answers }) => seen.size < seen.add(JSON.stringify([base, answers])).size);
}
