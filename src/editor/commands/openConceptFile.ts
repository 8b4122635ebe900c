import { UserError } from '../../errors';
import * as vscode from 'vscode';
import type { ConceptStore } from '../stores/conceptStore';
import { plainText } from '../plainText';

/** *Open Concept File*: opens the pairs as text. */
export async function openConceptFile({ state }: ConceptStore): Promise<void> {
  if (state.kind === 'none')
    throw new UserError('There is no concept file yet. Select two words in a text file and add them.');
  await vscode.window.showTextDocument(state.uri);
}

/** *Select Concept File…*: selects one of the workspace's concept files. */
export async function selectConceptFile(store: ConceptStore): Promise<void> {
  const files = await store.files();
  if (files.length === 0)
    throw new UserError('There is no concept file yet. Select two words in a text file and add them.');
  const items = files.map((uri) => ({ label: plainText(vscode.workspace.asRelativePath(uri)), uri }));
  const item = await vscode.window.showQuickPick(items, { title: 'Select a Concept File' });
  if (item) await store.choose(item.uri);
}
