import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import {
  deepestFolder,
  isConceptSource,
  isSourceFolder,
  largestSource,
  mostSources,
  type SourceFile,
} from '../../concepts/conceptSources';
import { nameOf } from '../stores/conceptDocument';

/**
 * The files that the user selects, and those in the selected folders; `undefined` if the user cancels.
 *
 * @throws UserError if no file has an extension of a pair list
 */
export async function chooseFiles(): Promise<readonly SourceFile[] | undefined> {
  const chosen = await choose();
  if (!chosen) return undefined;
  const files = (await Promise.all(chosen.map((uri) => sourcesAt(uri)))).flat();
  if (files.length === 0)
    throw new UserError(t('The selection has no .txt, .tsv, .csv, .json, .jsonl or .concepts.json file.'));
  if (files.length > mostSources)
    throw new UserError(
      t`The selection has ${files.length} files. Select a folder that contains only lists of pairs.`,
    );
  return files;
}

/** The dialogs of most systems select either files or folders, so this asks for the kind first. */
async function choose(): Promise<readonly vscode.Uri[] | undefined> {
  const files = {
    label: `$(file) ${t('Files…')}`,
    description: t('one or more lists of pairs'),
    isFolder: false,
  };
  const folder = { label: `$(folder) ${t('Folder…')}`, description: t('every list in it'), isFolder: true };
  const kind = await vscode.window.showQuickPick([files, folder], {
    title: t('Import Pairs from Text, CSV, JSON or Analogy Questions'),
  });
  if (!kind) return undefined;
  const { isFolder } = kind;
  const filters = {
    [t('Word pairs')]: ['txt', 'tsv', 'csv', 'json', 'jsonl', 'ndjson'],
    [t('All files')]: ['*'],
  };
  return vscode.window.showOpenDialog({
    title: t('Import Pairs'),
    openLabel: t('Preview'),
    canSelectFiles: !isFolder,
    canSelectFolders: isFolder,
    canSelectMany: true,
    ...(isFolder ? {} : { filters }),
  });
}

async function sourcesAt(uri: vscode.Uri, path = nameOf(uri), depth = 0): Promise<SourceFile[]> {
  const { type, size } = await vscode.workspace.fs.stat(uri);
  if (!(type & vscode.FileType.Directory)) {
    if (size > largestSource)
      throw new UserError(t`${path} is too large for a list of pairs (${size} bytes).`);
    return [{ path, bytes: await vscode.workspace.fs.readFile(uri) }];
  }
  const entries = await vscode.workspace.fs.readDirectory(uri);
  const found = entries
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .filter(([name, kind]) =>
      kind & vscode.FileType.Directory
        ? depth < deepestFolder && isSourceFolder(name)
        : isConceptSource(name),
    );
  const inside = found.map(([name]) =>
    sourcesAt(vscode.Uri.joinPath(uri, name), `${path}/${name}`, depth + 1),
  );
  return (await Promise.all(inside)).flat().map((file) => ({ ...file, isFound: true }));
}
