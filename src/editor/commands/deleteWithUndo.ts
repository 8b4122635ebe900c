import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import type { ConceptFile } from '../../concepts/conceptFile';
import { deleteRows, restoreRows, type Deleted } from '../../concepts/editConcepts';
import { contextLabel } from '../../format/contextText';
import { isolated, isolatedPairLabel } from '../../format/isolated';
import { offer } from '../attempt';
import { showInformation } from '../notify';
import type { ConceptStore } from '../stores/conceptStore';

/** Deletes rows of the tree, and offers to restore them. */
export async function deleteWithUndo(
  store: ConceptStore,
  deleted: readonly Deleted[],
  log: vscode.LogOutputChannel,
): Promise<void> {
  let before: ConceptFile | undefined;
  await store.editFile((file) => {
    before = file;
    return deleteRows(file, deleted);
  });
  const { state } = store;
  const restore = async (): Promise<void> => {
    // The user may have changed to another concept file since.
    if (state.kind !== 'none') await store.choose(state.uri);
    await store.editFile((now) => (before ? restoreRows(now, before, deleted) : now));
  };
  void offer([{ title: t('Undo'), run: restore }], log, (titles) =>
    showInformation(t`Deleted ${deletedText(deleted)}.`, ...titles),
  );
}

function deletedText(deleted: readonly Deleted[]): string {
  const [one] = deleted;
  if (!one || deleted.length > 1) return t`${deleted.length} rows`;
  const { section = 'concepts', concept, pair } = one;
  if (!pair) return isolated(concept);
  return section === 'concepts' ? isolatedPairLabel(pair) : contextLabel(pair);
}
