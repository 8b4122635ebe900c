import * as vscode from 'vscode';
import { htmlReport } from '../export/htmlReport';
import { resultDocument } from '../export/resultDocument';
import { resultTables } from '../export/resultTables';
import type { ExportFormat, PanelState } from '../protocol/panelMessages';
import type { ProbeResult } from '../protocol/probeResult';
import { UserError } from './registerCommands';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat;
}

const formats: readonly FormatItem[] = [
  { label: 'JSON', description: 'everything, as the command line prints it', format: 'json' },
  { label: 'CSV', description: 'a folder of tables', format: 'csv' },
  { label: 'HTML', description: 'the panel as one self-contained file', format: 'html' },
];

/** *Export Results…*. @throws UserError if there is nothing to export */
export async function exportResults(
  state: PanelState,
  extension: vscode.Uri,
  chosen?: ExportFormat,
): Promise<void> {
  const { result } = state;
  if (!result) throw new UserError('There is no result to export yet; add pairs to a concept first.');
  const format =
    chosen ?? (await vscode.window.showQuickPick(formats, { title: 'Export results as' }))?.format;
  if (!format) return;
  const written =
    format === 'csv' ? await exportTables(result) : await exportFile(format, state, result, extension);
  if (written)
    vscode.window.setStatusBarMessage(`Exported to ${vscode.workspace.asRelativePath(written)}`, 8000);
}

async function exportFile(
  format: 'json' | 'html',
  state: PanelState,
  result: ProbeResult,
  extension: vscode.Uri,
): Promise<vscode.Uri | undefined> {
  const target = await vscode.window.showSaveDialog({
    title: 'Export Results',
    filters: { [format.toUpperCase()]: [format] },
    ...defaultUri(`geometry.${format}`),
  });
  if (!target) return undefined;
  const text =
    format === 'json'
      ? `${JSON.stringify(resultDocument(result), null, 2)}\n`
      : await reportOf(state, extension);
  await write(target, text);
  return target;
}

async function exportTables(result: ProbeResult): Promise<vscode.Uri | undefined> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: 'Folder for the CSV files',
      openLabel: 'Export Here',
      canSelectFiles: false,
      canSelectFolders: true,
    })) ?? [];
  if (!folder) return undefined;
  const tables = resultTables(result);
  await Promise.all(tables.map(({ name, text }) => write(vscode.Uri.joinPath(folder, name), text)));
  return folder;
}

async function reportOf(state: PanelState, extension: vscode.Uri): Promise<string> {
  const asset = async (name: string): Promise<string> =>
    new TextDecoder().decode(
      await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', name)),
    );
  const [script, style] = await Promise.all([asset('webview.js'), asset('webview.css')]);
  return htmlReport({ ...state, progress: null, problem: null }, { script, style });
}

async function write(target: vscode.Uri, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
}

function defaultUri(name: string): { defaultUri?: vscode.Uri } {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {};
}
