import { UserError } from '../../errors';
import * as vscode from 'vscode';
import type { ConceptStore } from '../stores/conceptStore';
import { plainText } from '../plainText';

/** *Open Concept File*: the pairs as text, to be edited by hand. */
export async function openConceptFile({ state }: ConceptStore): Promise<void> {
  if (state.kind === 'none')
    throw new UserError('There is no concept file yet; select two words in a text and add them.');
  await vscode.window.showTextDocument(state.uri);
}

/** *Select Concept File…*: which of several concept files of the workspace is in use. */
export async function selectConceptFile(store: ConceptStore): Promise<void> {
  const files = await store.files();
  if (files.length === 0)
    throw new UserError('There is no concept file yet; select two words in a text and add them.');
  const items = files.map((uri) => ({ label: plainText(vscode.workspace.asRelativePath(uri)), uri }));
  const item = await vscode.window.showQuickPick(items, { title: 'Which concept file?' });
  if (item) await store.choose(item.uri);
}
