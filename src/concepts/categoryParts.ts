import { t } from '@vscode/l10n';
import * as v from 'valibot';
import type { Category } from './categories';
import { describeObjectIssue, listBody, namedLines, word } from './fileParts';

/* The categories in a concept file: how they are checked and written. */

const category = v.strictObject(
  {
    name: v.pipe(v.string(t('"name" must be a string')), v.trim(), v.nonEmpty(t('a category needs a name'))),
    parent: v.exactOptional(
      v.pipe(
        v.string(t('"parent" must be the name of a category')),
        v.trim(),
        v.nonEmpty(t('"parent" must not be empty; remove it from a category without a parent')),
      ),
    ),
    words: v.array(word, t('"words" must be a list of words')),
  },
  describeObjectIssue(t('a category'), t('"name" and "words"')),
);

/** The key of a concept file that holds categories. */
export const categoryKeys = {
  categories: v.exactOptional(v.array(category, t('"categories" must be a list of categories'))),
};

/** Their lines in the file, without a comma after the last one. */
export function categoryLines(categories: readonly Category[] | undefined): string[] {
  if (!categories) return [];
  const items = categories.map(({ name, parent, words }) =>
    namedLines(
      'name',
      name,
      'words',
      words,
      parent === undefined ? [] : [`"parent": ${JSON.stringify(parent)},`],
    ),
  );
  return [`  "categories": [${listBody(items, 2)}]`];
}
