import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import {
  conceptName,
  isSamePair,
  longestWord,
  pairKey,
  pairLabel,
  swappedPair,
  withLeftOut,
  type Concept,
  type CounterfactualPair,
} from './concept';
import type { ConceptFile } from './conceptFile';
import type { Contexts } from './contexts';
import { sectionOf, withSection, type FileSection } from './fileSections';

/*
 * Edits of the list of concepts. Each takes the old list and returns a new one, and throws a UserError if the edit is not
 * possible.
 */

/** Adds `pairs` to the concept `name`, which is created if necessary. Skips pairs that it already has. */
export function addPairs(
  concepts: readonly Concept[],
  name: string,
  pairs: readonly CounterfactualPair[],
): { concepts: readonly Concept[]; added: number } {
  const index = concepts.findIndex((concept) => concept.name === name);
  const known = index < 0 ? [] : concepts[index]!.pairs;
  const fresh: CounterfactualPair[] = [];
  const seen = new Set(known.map(pairKey));
  for (const pair of pairs) {
    if (seen.has(pairKey(pair))) continue;
    seen.add(pairKey(pair));
    fresh.push(pair);
  }
  if (index < 0) return { concepts: [...concepts, { name, pairs: fresh }], added: fresh.length };
  if (fresh.length === 0) return { concepts, added: 0 };
  const extended = { ...concepts[index]!, pairs: [...known, ...fresh] };
  return { concepts: concepts.with(index, extended), added: fresh.length };
}

/** Adds sets of contexts to those of the same names. Skips contexts that a set already has. */
export function addContexts(file: ConceptFile, contexts: Contexts): ConceptFile {
  return (['contextPairs', 'contextSets'] as const).reduce((now, section) => {
    const given = sectionOf({ concepts: [], ...contexts }, section);
    const before = sectionOf(now, section);
    const after = given.reduce((lists, { name, pairs }) => addPairs(lists, name, pairs).concepts, before);
    return after === before ? now : withSection(now, section, after);
  }, file);
}

/** What can be wrong with the name of a list. */
const nameProblems = {
  concept: {
    missing: t('A concept needs a name.'),
    taken: (name: string) => t`There is already a concept “${name}”.`,
  },
  set: {
    missing: t('A set needs a name.'),
    taken: (name: string) => t`There is already a set “${name}”.`,
  },
  label: {
    missing: t('A label needs a name.'),
    taken: (name: string) => t`There is already a label “${name}”.`,
  },
};

/** @throws UserError if `to` is empty or the name of another one */
export function renameConcept(
  concepts: readonly Concept[],
  from: string,
  to: string,
  noun: keyof typeof nameProblems = 'concept',
): readonly Concept[] {
  const name = noun === 'concept' ? conceptName(to) : to.trim();
  const { missing, taken } = nameProblems[noun];
  if (name === '') throw new UserError(missing);
  if (name !== from && concepts.some((concept) => concept.name === name)) throw new UserError(taken(name));
  return concepts.map((concept) => (concept.name === from ? { ...concept, name } : concept));
}

/** Adds a concept without pairs. @throws UserError if the name is empty or that of another one */
export function addConcept(concepts: readonly Concept[], name: string): readonly Concept[] {
  const added = { name: '', pairs: [] };
  return renameConcept([...concepts, added], '', name);
}

/** Sets the note of a concept; an empty one is removed. */
export function setNote(concepts: readonly Concept[], name: string, text: string): readonly Concept[] {
  const note = text.trim();
  return concepts.map((concept) => {
    if (concept.name !== name) return concept;
    const { pairs } = concept;
    return note === '' ? { name, pairs } : { name, note, pairs };
  });
}

/** Removes the first pair equal to `pair` from the concept. */
export function deletePair(
  concepts: readonly Concept[],
  name: string,
  pair: CounterfactualPair,
): readonly Concept[] {
  return changePairs(concepts, name, (pairs) => pairs.toSpliced(indexOfPair(pairs, pair), 1));
}

/** A concept to delete, or one pair of it; or a set of contexts, or one entry of it. */
export interface Deleted {
  /** By default the concepts. */
  readonly section?: FileSection;
  readonly concept: string;
  readonly pair?: CounterfactualPair;
}

/** The file without these rows of any of its lists. */
export function deleteRows(file: ConceptFile, deleted: readonly Deleted[]): ConceptFile {
  return inSections(file, deleted, deleteAll);
}

/** {@link restoreDeleted} for rows of any of the file's lists. */
export function restoreRows(
  file: ConceptFile,
  before: ConceptFile,
  deleted: readonly Deleted[],
): ConceptFile {
  return inSections(file, deleted, (now, own, section) =>
    restoreDeleted(now, sectionOf(before, section), own),
  );
}

function inSections(
  file: ConceptFile,
  rows: readonly Deleted[],
  edit: (concepts: readonly Concept[], own: readonly Deleted[], section: FileSection) => readonly Concept[],
): ConceptFile {
  const sections = new Set(rows.map(({ section = 'concepts' }) => section));
  return [...sections].reduce((now, section) => {
    const own = rows.filter((row) => (row.section ?? 'concepts') === section);
    return withSection(now, section, edit(sectionOf(now, section), own, section));
  }, file);
}

/** Deletes concepts and pairs at once. A pair may belong to a concept that is also deleted. */
export function deleteAll(concepts: readonly Concept[], deleted: readonly Deleted[]): readonly Concept[] {
  const whole = new Set(deleted.filter(({ pair }) => !pair).map(({ concept }) => concept));
  return deleted
    .filter(({ concept }) => !whole.has(concept))
    .reduce((left, { concept, pair }) => deletePair(left, concept, pair!), concepts)
    .filter(({ name }) => !whole.has(name));
}

/**
 * Restores what was deleted to its position, without undoing later changes.
 *
 * @param before the concepts before the deletion
 */
export function restoreDeleted(
  concepts: readonly Concept[],
  before: readonly Concept[],
  deleted: readonly Deleted[],
): readonly Concept[] {
  return before.reduce((now, concept, index) => {
    const own = deleted.filter((one) => one.concept === concept.name);
    if (own.length === 0) return now;
    const place = now.findIndex(({ name }) => name === concept.name);
    const isWhole = own.some(({ pair }) => !pair);
    if (isWhole) return place < 0 ? now.toSpliced(index, 0, concept) : now;
    const positions = positionsOf(
      concept.pairs,
      own.map(({ pair }) => pair!),
    );
    const left = now[place]?.pairs ?? [];
    const pairs = positions.reduce((all, at) => all.toSpliced(at, 0, concept.pairs[at]!), left);
    return place < 0
      ? now.toSpliced(index, 0, { ...concept, pairs })
      : now.with(place, { ...now[place]!, pairs });
  }, concepts);
}

/** Positions of pairs, ascending; for equal pairs the first ones. */
function positionsOf(
  all: readonly CounterfactualPair[],
  pairs: readonly CounterfactualPair[],
): readonly number[] {
  const found = new Set<number>();
  for (const pair of pairs) {
    const at = all.findIndex((candidate, index) => !found.has(index) && isSamePair(candidate, pair));
    if (at >= 0) found.add(at);
  }
  return [...found].sort((a, b) => a - b);
}

/** @throws UserError if the concept already has the new pair */
export function changePair(
  concepts: readonly Concept[],
  name: string,
  from: CounterfactualPair,
  to: CounterfactualPair,
): readonly Concept[] {
  if (isSamePair(from, to)) return concepts;
  return changePairs(concepts, name, (pairs) => {
    if (pairs.some((pair) => isSamePair(pair, to)))
      throw new UserError(
        to.target === ''
          ? t`${name} already has this text.`
          : t`${name} already has the pair ${pairLabel(to)}.`,
      );
    return replaced(pairs, from, to);
  });
}

/** Changes base → target to target → base, at the same position. */
export function swapPair(
  concepts: readonly Concept[],
  name: string,
  pair: CounterfactualPair,
): readonly Concept[] {
  return changePairs(concepts, name, (pairs) => replaced(pairs, pair, swappedPair(pair)));
}

/** Other words in the place of a pair. A pair that is left out stays so. */
function replaced(
  pairs: readonly CounterfactualPair[],
  from: CounterfactualPair,
  to: CounterfactualPair,
): readonly CounterfactualPair[] {
  const at = indexOfPair(pairs, from);
  return pairs.with(at, withLeftOut(to, pairs[at]!.leftOut === true));
}

/**
 * Leaves pairs out of every number, or includes them again. Equal pairs of a concept go together: otherwise the second one
 * would count in place of the first.
 *
 * @throws UserError if one of them does not exist
 */
export function leaveOut(
  concepts: readonly Concept[],
  rows: readonly { readonly concept: string; readonly pair: CounterfactualPair }[],
  isLeftOut: boolean,
): readonly Concept[] {
  return rows.reduce(
    (now, { concept, pair }) =>
      changePairs(now, concept, (pairs) => {
        indexOfPair(pairs, pair);
        return pairs.map((one) => (isSamePair(one, pair) ? withLeftOut(one, isLeftOut) : one));
      }),
    concepts,
  );
}

/** Moves the pair from one concept to the end of another, which is created if necessary. */
export function movePair(
  concepts: readonly Concept[],
  from: string,
  pair: CounterfactualPair,
  to: string,
): readonly Concept[] {
  if (from === to) return concepts;
  const moved = concepts.find(({ name }) => name === from)?.pairs.find((one) => isSamePair(one, pair));
  return addPairs(deletePair(concepts, from, pair), to, [moved ?? pair]).concepts;
}

function changePairs(
  concepts: readonly Concept[],
  name: string,
  change: (pairs: readonly CounterfactualPair[]) => readonly CounterfactualPair[],
): readonly Concept[] {
  return concepts.map((concept) =>
    concept.name === name ? { ...concept, pairs: change(concept.pairs) } : concept,
  );
}

/** @throws UserError if the pair does not exist, for example because the file has been changed meanwhile */
function indexOfPair(pairs: readonly CounterfactualPair[], pair: CounterfactualPair): number {
  const index = pairs.findIndex((candidate) => isSamePair(candidate, pair));
  if (index < 0) throw new UserError(t`${entryName(pair)} is no longer in the concept file.`);
  return index;
}

/** An entry at the beginning of a sentence; contexts are long, and only their beginning tells which one it is. */
function entryName({ base, target }: CounterfactualPair): string {
  if (target === '') return t`The context “${beginning(base)}”`;
  return t`The pair ${beginning(base)} → ${beginning(target)}`;
}

function beginning(text: string): string {
  return text.length > longestWord ? `${text.slice(0, longestWord)}…` : text;
}
