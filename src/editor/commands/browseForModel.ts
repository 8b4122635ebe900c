import { t } from '@vscode/l10n';
import * as vscode from 'vscode';

const filters = { [t('Model files')]: ['onnx', 'gguf', 'safetensors'] };

/** Asks for a model folder or a file of weights. @returns its path; undefined if the user cancelled */
export async function browseForModel(): Promise<string | undefined> {
  const kind = choosesBoth() ? 'both' : await askForKind();
  if (kind === undefined) return undefined;
  const [uri] =
    (await vscode.window.showOpenDialog({
      title: t('Select a Model Folder or Its File of Weights'),
      openLabel: t('Use This Model'),
      canSelectFiles: kind !== 'folder',
      canSelectFolders: kind !== 'file',
      ...(kind !== 'folder' && { filters }),
    })) ?? [];
  return uri?.fsPath;
}

/** The dialogs of Windows and Linux offer either files or folders; that of macOS, and VS Code's own for other machines, both. */
function choosesBoth(): boolean {
  const isOwnDialog = vscode.env.uiKind === vscode.UIKind.Web || vscode.env.remoteName !== undefined;
  const prefersOwn = vscode.workspace.getConfiguration('files').get('simpleDialog.enable') === true;
  return isOwnDialog || prefersOwn || process.platform === 'darwin';
}

async function askForKind(): Promise<'folder' | 'file' | undefined> {
  const items = [
    { label: `$(folder-opened) ${t('Model folder…')}`, kindOfPath: 'folder' },
    {
      label: `$(file) ${t('File of weights…')}`,
      description: t('.onnx, .gguf or .safetensors'),
      kindOfPath: 'file',
    },
  ] as const;
  return (await vscode.window.showQuickPick(items, { title: t('Browse for a Model') }))?.kindOfPath;
}
