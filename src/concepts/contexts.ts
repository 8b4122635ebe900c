import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import type { CounterfactualPair } from './concept';

/** A named set of pairs of contexts that differ in one concept; the words of a pair are whole texts here. */
export interface ContextPairs {
  readonly name: string;
  readonly pairs: readonly CounterfactualPair[];
}

/** Single contexts with a common label, such as those in one language, for measurement. */
export interface ContextSet {
  readonly label: string;
  readonly texts: readonly string[];
}

/** The contexts of a concept file. */
export interface Contexts {
  readonly contextPairs?: readonly ContextPairs[];
  readonly contextSets?: readonly ContextSet[];
}

/** Longest context in UTF-16 units: more than any model reads at once; a longer one was selected by mistake. */
export const longestContext = 20_000;

/** The contexts of several files. */
export class MergedContexts {
  readonly #pairs = new Map<string, ContextPairs & { readonly path: string }>();
  readonly #sets = new Map<string, ContextSet & { readonly path: string }>();

  /** @throws UserError if an earlier file has a set of the same name */
  add({ contextPairs = [], contextSets = [] }: Contexts, path: string): void {
    for (const set of contextPairs)
      put(this.#pairs, set.name, { ...set, path }, t`The set of context pairs “${set.name}”`);
    for (const set of contextSets) put(this.#sets, set.label, { ...set, path }, t`The label “${set.label}”`);
  }

  get merged(): Contexts {
    const contextPairs = Array.from(this.#pairs.values(), ({ name, pairs }) => ({ name, pairs }));
    const contextSets = Array.from(this.#sets.values(), ({ label, texts }) => ({ label, texts }));
    return {
      ...(contextPairs.length > 0 && { contextPairs }),
      ...(contextSets.length > 0 && { contextSets }),
    };
  }
}

function put<T extends { readonly path: string }>(
  known: Map<string, T>,
  name: string,
  set: T,
  what: string,
): void {
  const first = known.get(name);
  if (first) throw new UserError(t`${what} is in ${first.path} and in ${set.path}; rename one of them.`);
  known.set(name, set);
}
