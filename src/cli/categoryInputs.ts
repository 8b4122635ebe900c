import { MergedCategories, type Category } from '../concepts/categories';
import { categoriesOf } from '../concepts/categoryLists';
import { conceptsFromFiles } from '../concepts/conceptSources';
import { defaultTokenRule, type TokenRule } from '../concepts/tokenRule';
import { UserError } from '../errors';
import { readBytes, readText } from './readText';

export interface CategoryInputs {
  readonly categories: readonly Category[];
  /** The token rule of the concept files among the inputs. */
  readonly tokens: TokenRule;
  /** What was skipped, one sentence each. */
  readonly notes: readonly string[];
}

/**
 * The categories of concept files, and of lists with tabs.
 *
 * @throws UserError with one sentence if a file is missing or invalid, or there is no category at all
 */
export function readCategoryInputs(paths: readonly string[]): CategoryInputs {
  const all = new MergedCategories();
  const isConceptFile = (path: string): boolean => /\.json$/iu.test(path);
  const concepts = paths.filter(isConceptFile);
  const read = conceptsFromFiles(concepts.map((path) => ({ path, bytes: readBytes(path) })));
  all.add(read.categories, concepts.join(', '));
  const notes = paths
    .filter((path) => !isConceptFile(path))
    .flatMap((path) => {
      const list = categoriesOf({ path, text: readText(path) });
      all.add(list.sets, path);
      return list.notes;
    });
  if (all.merged.length === 0)
    throw new UserError(
      `${paths.join(', ')} contains no categories; add some to the concept file, or give a list of category, word and parent.`,
    );
  return {
    categories: all.merged,
    tokens: concepts.length > 0 ? read.tokens : defaultTokenRule,
    notes: [...read.notes, ...notes],
  };
}
