import * as vscode from 'vscode';
import { addPairs } from '../concepts/editConcepts';
import { conceptsFromFiles, isConceptSource, type SourceFile } from '../concepts/conceptSources';
import { plural } from '../protocol/formatNumbers';
import { nameOf } from './conceptDocument';
import type { ConceptStore } from './conceptStore';
import { showStatus } from './notify';
import { UserError } from './registerCommands';

/** Files larger than this are no lists of pairs. */
const largestFile = 20_000_000;

/** *Import Pairs…*: each chosen file, or each file of a chosen folder, becomes a concept; known concepts are added to. */
export async function importPairs(store: ConceptStore, log: vscode.LogOutputChannel): Promise<void> {
  const chosen = await choose();
  if (!chosen) return;
  const files = (await Promise.all(chosen.map(sourcesAt))).flat();
  if (files.length === 0) throw new UserError('There is no .txt, .tsv, .csv or .concepts.json file there.');
  const { concepts, notes } = conceptsFromFiles(files);
  let added = 0;
  await store.edit((before) => {
    let after = before;
    added = 0;
    for (const { name, pairs } of concepts) {
      const result = addPairs(after, name, pairs);
      after = result.concepts;
      added += result.added;
    }
    return after;
  });
  for (const note of notes) log.warn(note);
  const passedOver = notes.length > 0 ? `, passed over ${plural(notes.length, 'line')} (see the log)` : '';
  showStatus(`Imported ${plural(added, 'pair')} in ${plural(concepts.length, 'concept')}${passedOver}`, 8000);
}

/** Most systems' dialogs choose either files or folders, so the kind is asked first. */
async function choose(): Promise<readonly vscode.Uri[] | undefined> {
  const files = { label: '$(file) Files…', description: 'one concept a file', isFolder: false };
  const folder = {
    label: '$(folder) Folder…',
    description: 'one concept for each file in it',
    isFolder: true,
  };
  const kind = await vscode.window.showQuickPick([files, folder], {
    title: 'Import pairs separated by tab, comma or arrow',
  });
  if (!kind) return undefined;
  const { isFolder } = kind;
  return vscode.window.showOpenDialog({
    title: 'Import Pairs',
    openLabel: 'Import',
    canSelectFiles: !isFolder,
    canSelectFolders: isFolder,
    canSelectMany: true,
    ...(isFolder ? {} : { filters: { 'Word pairs': ['txt', 'tsv', 'csv', 'json'], 'All files': ['*'] } }),
  });
}

async function sourcesAt(uri: vscode.Uri): Promise<SourceFile[]> {
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if (type & vscode.FileType.Directory) {
    const entries = await vscode.workspace.fs.readDirectory(uri);
    const names = entries
      .map(([name]) => name)
      .filter(isConceptSource)
      .sort();
    return (await Promise.all(names.map((name) => sourcesAt(vscode.Uri.joinPath(uri, name))))).flat();
  }
  if (size > largestFile)
    throw new UserError(`${nameOf(uri)} is too large for a list of pairs (${size} bytes).`);
  return [{ path: nameOf(uri), text: new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)) }];
}
