import type { Concept } from './concept';
import type { ConceptFile } from './conceptFile';
import type { Contexts } from './contexts';

/** The lists of a concept file. */
export type FileSection = 'concepts' | 'contextPairs' | 'contextSets';

type Sections = Pick<ConceptFile, 'concepts'> & Contexts;

/**
 * A list of the file as named lists of pairs, so that contexts are edited in the way of concepts. A single context is a
 * pair without a target.
 */
export function sectionOf(file: Sections, section: FileSection): readonly Concept[] {
  if (section === 'concepts') return file.concepts;
  if (section === 'contextPairs') return file.contextPairs ?? [];
  return (file.contextSets ?? []).map(({ label, texts }) => ({
    name: label,
    pairs: texts.map((text) => ({ base: text, target: '' })),
  }));
}

/** The file with another such list. Contexts without a set leave no key behind. */
export function withSection(file: ConceptFile, section: FileSection, lists: readonly Concept[]): ConceptFile {
  if (section === 'concepts') return { ...file, concepts: lists };
  const { contextPairs, contextSets, ...rest } = file;
  const pairs =
    section === 'contextPairs' ? lists.map((list) => ({ name: list.name, pairs: list.pairs })) : contextPairs;
  const sets =
    section === 'contextSets'
      ? lists.map((list) => ({ label: list.name, texts: list.pairs.map(({ base }) => base) }))
      : contextSets;
  return {
    ...rest,
    ...(hasAny(pairs) && { contextPairs: pairs }),
    ...(hasAny(sets) && { contextSets: sets }),
  };
}

/** The JSON path of a list in the file, or of an entry of it. */
export function pathOf(section: FileSection, list: number, entry?: number): readonly (string | number)[] {
  const entries = section === 'contextSets' ? 'texts' : 'pairs';
  return [section, list, ...(entry === undefined ? [] : [entries, entry])];
}

function hasAny<T>(list: readonly T[] | undefined): list is readonly T[] {
  return list !== undefined && list.length > 0;
}
