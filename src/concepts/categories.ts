import { t } from '@vscode/l10n';
import { UserError } from '../errors';

/** Words of one kind, such as mammals, and the category that it is part of. */
export interface Category {
  readonly name: string;
  /** The name of another category of the file. */
  readonly parent?: string;
  /** Its own words; {@link withInheritedWords} adds those of its subcategories. */
  readonly words: readonly string[];
}

/** What is wrong with the category at `index` of a list. */
export interface CategoryProblem {
  readonly index: number;
  readonly key: 'name' | 'parent' | 'words';
  /** One sentence without the file's name and without a period. */
  readonly message: string;
}

/** The first problem of categories that are valid one by one: names twice, unknown parents, circles, nothing in them. */
export function categoryProblem(categories: readonly Category[]): CategoryProblem | undefined {
  const byName = new Map<string, Category>();
  for (const [index, category] of categories.entries()) {
    const { name } = category;
    if (byName.has(name))
      return {
        ...{ index, key: 'name' },
        message: t`the category “${name}” appears twice; rename one or merge their words`,
      };
    byName.set(name, category);
  }
  for (const [index, { name, parent }] of categories.entries()) {
    if (parent === undefined) continue;
    if (!byName.has(parent))
      return {
        ...{ index, key: 'parent' },
        message: t`the parent “${parent}” of the category “${name}” is no category of this file; add it or correct the name`,
      };
    const ancestors = ancestorsOf(name, byName);
    if (ancestors.at(-1) === name)
      return {
        ...{ index, key: 'parent' },
        message: t`the category “${name}” is its own ancestor (${[name, ...ancestors].join(' → ')}); change one of these parents`,
      };
  }
  const index = withInheritedWords(categories).findIndex(({ words }) => words.length === 0);
  if (index < 0) return undefined;
  const { name } = categories[index]!;
  return {
    ...{ index, key: 'words' },
    message: t`the category “${name}” has no words, and no subcategory with words; add some or remove it`,
  };
}

/** Parent, grandparent, … of a category; in a circle until a name comes back, which is then the last. */
export function ancestorsOf(
  name: string,
  byName: ReadonlyMap<string, Pick<Category, 'parent'>>,
): readonly string[] {
  const ancestors: string[] = [];
  let parent = byName.get(name)?.parent;
  while (parent !== undefined && !ancestors.includes(parent)) {
    ancestors.push(parent);
    parent = byName.get(parent)?.parent;
  }
  return ancestors;
}

/**
 * The categories with all words of what they contain, each word once: their own first, then those of their subcategories
 * in the order of the list, as the words of a synset include those of its hyponyms (Park et al. 2406.01506).
 */
export function withInheritedWords(categories: readonly Category[]): readonly Category[] {
  const byName = new Map(categories.map((category) => [category.name, category]));
  const words = new Map(categories.map((category) => [category.name, new Set(category.words)]));
  for (const category of categories) {
    for (const ancestor of ancestorsOf(category.name, byName))
      for (const word of category.words) words.get(ancestor)?.add(word);
  }
  return categories.map((category) => ({ ...category, words: [...words.get(category.name)!] }));
}

/**
 * Adds categories to those of the same names: words that these do not have yet. The parent of a known category stays.
 *
 * @throws UserError if the result would not be valid, for example because of a circle
 */
export function addCategories(
  known: readonly Category[],
  added: readonly Category[],
): { readonly categories: readonly Category[]; readonly added: number } {
  const all = new Map(known.map((category) => [category.name, category]));
  let count = 0;
  for (const category of added) {
    const before = all.get(category.name) ?? { ...category, words: [] };
    const words = [...new Set([...before.words, ...category.words])];
    const more = words.length - new Set(before.words).size;
    count += more;
    all.set(category.name, more > 0 ? { ...before, words } : before);
  }
  const categories = [...all.values()];
  const problem = categoryProblem(categories);
  if (problem) throw new UserError(t`This cannot be added: ${problem.message}.`);
  return { categories, added: count };
}

/** The categories of several files. */
export class MergedCategories {
  readonly #known = new Map<string, { readonly path: string; readonly category: Category }>();

  /** @throws UserError if an earlier file has a category of the same name */
  add(categories: readonly Category[], path: string): void {
    for (const category of categories) {
      const { name } = category;
      const first = this.#known.get(name);
      if (first)
        throw new UserError(
          t`The category “${name}” is in ${first.path} and in ${path}; rename one of them.`,
        );
      this.#known.set(name, { path, category });
    }
  }

  get merged(): readonly Category[] {
    return Array.from(this.#known.values(), ({ category }) => category);
  }
}
