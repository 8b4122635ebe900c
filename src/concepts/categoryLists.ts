import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { ancestorsOf, withInheritedWords, type Category } from './categories';
import { longestWord } from './concept';
import type { ContextFile, ReadContexts } from './contextLists';

const form = t('a category, a word and, if there is one, the category’s parent, with tabs between them');

/** The lists of categories under construction, in the order of their first lines. */
type Growing = Map<string, { readonly name: string; parent?: string; readonly words: Set<string> }>;

/**
 * Categories, a line each: `category<TAB>word<TAB>parent`, as exported from WordNet. The parent may be missing, and
 * the word of a line that only names a parent; a parent need not have lines of its own. Lines that begin with # are remarks.
 *
 * @returns the categories, and one sentence for all lines that could not be used
 * @throws UserError if no line has a word
 */
export function categoriesOf({ path, text }: ContextFile): ReadContexts<Category> {
  const lists: Growing = new Map();
  const problems: { readonly line: number; readonly problem: string }[] = [];
  text.split(/\r?\n/u).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return;
    const problem = readLine(line, lists);
    if (problem !== undefined) problems.push({ line: index + 1, problem });
  });
  const all = Array.from(lists.values(), (list) => ({ ...list, words: [...list.words] }));
  const inherited = withInheritedWords(all);
  const isEmpty = (_: unknown, i: number): boolean => inherited[i]!.words.length === 0;
  const sets = all.filter((list, i) => !isEmpty(list, i));
  const [first] = problems;
  if (sets.length === 0) {
    const why = first ? t`line ${first.line} ${first.problem}` : t('it is empty');
    throw new UserError(t`${path} has no categories: ${why}; write ${form} on each line.`);
  }
  const skipped = first
    ? [
        problems.length === 1
          ? t`${path}: skipped a line; line ${first.line} ${first.problem}.`
          : t`${path}: skipped ${problems.length} lines; line ${first.line} ${first.problem}.`,
      ]
    : [];
  const empty = all.filter(isEmpty).map(({ name }) => t`${path}: skipped “${name}”, which has no words.`);
  return { sets, notes: [...skipped, ...empty] };
}

/** Adds a line to the lists. @returns why it cannot be used */
function readLine(line: string, lists: Growing): string | undefined {
  const cells = line.split('\t').map((cell) => cell.trim());
  const [name, word, parent = ''] = cells as [string, string?, string?];
  if (word === undefined) return t('has no tab');
  if (cells.length > 3) return t`has ${cells.length} columns instead of three`;
  if (name.toLowerCase() === 'category' && word.toLowerCase() === 'word') return undefined;
  if (name === '') return t('has no category');
  if (word === '' && parent === '') return t('has no word');
  if (word.length > longestWord) return t`has a word of more than ${longestWord} characters`;
  const known = lists.get(name);
  if (parent !== '' && known?.parent !== parent) {
    if (known?.parent !== undefined)
      return t`gives “${name}” a second parent, “${parent}”; the first is “${known.parent}”`;
    if (parent === name || ancestorsOf(parent, lists).includes(name))
      return t`would make “${name}” its own ancestor`;
  }
  const list = known ?? { name, words: new Set<string>() };
  lists.set(name, list);
  if (parent !== '') {
    list.parent = parent;
    if (!lists.has(parent)) lists.set(parent, { name: parent, words: new Set() });
  }
  if (word !== '') list.words.add(word);
  return undefined;
}
