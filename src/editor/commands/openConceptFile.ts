import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { conceptFileSuffix, parseConceptFile } from '../../concepts/conceptFile';
import { plural } from '../../format/plural';
import type { ConceptStore } from '../stores/conceptStore';
import { createConceptFile, nameOf, openDocument, textOnDisk } from '../stores/conceptDocument';
import { askForText } from '../notify';
import { plainText } from '../plainText';

/** *Open Concept File*: opens the pairs as text. */
export async function openConceptFile({ state }: ConceptStore): Promise<void> {
  if (state.kind === 'none')
    throw new UserError(t('There is no concept file yet. Select two words in a text file and add them.'));
  await vscode.window.showTextDocument(state.uri);
}

/** *Select Concept File…*: selects one of the workspace's concept files, or creates another one. */
export async function selectConceptFile(store: ConceptStore): Promise<void> {
  const files = await store.files();
  const inUse = store.state.kind === 'none' ? undefined : store.state.uri.toString();
  const items = await Promise.all(
    files.map(async (uri) => ({
      label: plainText(vscode.workspace.asRelativePath(uri)),
      description: await contentsOf(uri),
      ...(uri.toString() === inUse && { detail: t('In use') }),
      uri,
    })),
  );
  const added = { label: `$(add) ${t('New Concept File…')}`, uri: undefined };
  const item = await vscode.window.showQuickPick([...items, added], {
    title: t('Select the Concept File to Use'),
    placeHolder: t('The Concepts view, the panel and all commands follow this file'),
  });
  if (!item) return;
  const uri = item.uri ?? (await newFile(store));
  if (uri) await store.choose(uri);
}

/** *Use This Concept File*: that of the editor or of the Explorer. */
export async function useConceptFile(store: ConceptStore, given: vscode.Uri | undefined): Promise<void> {
  const uri = given ?? vscode.window.activeTextEditor?.document.uri;
  const files = await store.files();
  const found = files.find((file) => file.toString() === uri?.toString());
  if (!found) throw new UserError(t('Open a .concepts.json file of the workspace first.'));
  await store.choose(found);
}

async function contentsOf(uri: vscode.Uri): Promise<string> {
  const text = openDocument(uri)?.getText() ?? (await textOnDisk(uri).catch(() => ''));
  const parsed = parseConceptFile(text);
  if (!parsed.ok) return t`not valid: line ${parsed.problem.line}`;
  const { concepts } = parsed.file;
  const pairs = concepts.reduce((sum, concept) => sum + concept.pairs.length, 0);
  return `${plural(concepts.length, 'concept')}, ${plural(pairs, 'pair')}`;
}

/** Creates an empty file next to the current one. */
async function newFile({ state }: ConceptStore): Promise<vscode.Uri | undefined> {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  const folder = state.kind === 'none' ? first?.uri : vscode.Uri.joinPath(state.uri, '..');
  if (!folder) throw new UserError(t('Open a folder first. The concept file is saved in it.'));
  const name = await askForText({
    title: t('New Concept File'),
    prompt: t('A name such as verbs; the file is saved as verbs.concepts.json'),
    validateInput: (text) =>
      /[\\/:*?"<>|]/u.test(text) ? t('A file name cannot contain \\ / : * ? " < > |.') : null,
  });
  const stem = name?.trim().replace(/(?:\.concepts)?\.json$/iu, '');
  if (!stem) return undefined;
  const uri = vscode.Uri.joinPath(folder, stem + conceptFileSuffix);
  if (!(await createConceptFile(uri)))
    throw new UserError(t`${nameOf(uri)} already exists; select it in the list.`);
  return uri;
}
