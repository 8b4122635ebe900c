import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import { addCategories, type Category } from '../../concepts/categories';
import { wordsFromText } from '../../concepts/wordsFromText';
import { UserError } from '../../errors';
import { plural } from '../../format/plural';
import { showStatus } from '../notify';
import { plainText } from '../plainText';
import type { ConceptStore } from '../stores/conceptStore';
import { textInFront } from '../textInFront';
import { askForListName } from './askForListName';
import { selectedWords } from './selectedWords';

/** *Add Words to Category…*: the selected words, or those of the selected lines, join a category, which may be new. */
export async function addWords(store: ConceptStore): Promise<void> {
  store.assertEditable();
  const editor = await textInFront();
  if (!editor) throw new UserError(t('Open a text file first, then select words in it.'));
  const words = wordsFromText(selectedWords(editor).map(({ text }) => text));
  const [first] = words;
  if (first === undefined) throw new UserError(t('Select words, or place the cursor in one.'));
  const categories = store.file?.categories ?? [];
  const name = await askForListName({
    title:
      words.length === 1
        ? plainText(t`Add ${first} to a Category`)
        : t`Add ${plural(words.length, 'word')} to a Category`,
    placeholder:
      categories.length > 0
        ? t('Select a category, or type the name of a new one')
        : t('Type the name of a category, such as mammal'),
    known: categories.map(itemOf),
    another: {
      label: t('New Category…'),
      placeholder: t('Type the name of a category, such as mammal'),
    },
    created: (typed) => t`New category “${typed}”`,
  });
  if (name === undefined) return;
  const parent = categories.some((category) => category.name === name)
    ? null
    : await askForParent(categories);
  if (parent === undefined) return;
  let added = 0;
  await store.editFile((file) => {
    const own = { name, words, ...(parent !== null && { parent }) };
    const result = addCategories(file.categories ?? [], [own]);
    added = result.added;
    return added === 0 ? file : { ...file, categories: result.categories };
  });
  const known = words.length - added;
  const message =
    added > 0
      ? t`Added ${plural(added, 'word')} to ${name}`
      : t`${name} already has ${plural(known, 'word')}`;
  showStatus(known > 0 && added > 0 ? t`${message} (${known} already there)` : message, 5000);
}

function itemOf({ name, parent, words }: Category) {
  const count = plural(words.length, 'word');
  return {
    name,
    label: plainText(name),
    description: parent === undefined ? count : t`${count}, part of ${plainText(parent)}`,
  };
}

/** @returns `null` for none, `undefined` if the user cancels */
async function askForParent(categories: readonly Category[]): Promise<string | null | undefined> {
  if (categories.length === 0) return null;
  const none = { name: null, label: t('No parent') };
  const chosen = await vscode.window.showQuickPick([none, ...categories.map(itemOf)], {
    title: t('What Is the New Category Part Of?'),
  });
  return chosen?.name;
}
