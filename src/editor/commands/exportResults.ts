import { t } from '@vscode/l10n';
import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { translation } from '../translation';
import { htmlReport } from '../../export/htmlReport';
import { exportDocument } from '../../export/comparisonDocument';
import { contextDocuments, contextMatrices, contextTables } from '../../export/contextFiles';
import { manyModelsTables } from '../../export/manyModelsFiles';
import { resultMatrices } from '../../export/resultMatrices';
import { resultTables } from '../../export/resultTables';
import type { ExportFormat, GeometryState } from '../../protocol/panelMessages';
import type { ProbeResult } from '../../protocol/probeResult';
import {
  chooseFolder,
  defaultUri,
  exportMatrices,
  exportTables,
  sayExported,
  writeFile,
} from '../exportTargets';

interface FormatItem extends vscode.QuickPickItem {
  readonly format: ExportFormat | 'vectors';
}

const formats: readonly FormatItem[] = [
  { label: 'JSON', description: t('everything, in the format of the command line'), format: 'json' },
  { label: 'CSV', description: t('a folder of tables'), format: 'csv' },
  { label: 'NumPy', description: t('a folder with every matrix as .npy'), format: 'npy' },
  { label: 'HTML', description: t('the panel as one self-contained file'), format: 'html' },
  {
    label: t('Vectors'),
    description: t('words and directions for the Embedding Projector (TSV) and NumPy'),
    format: 'vectors',
  },
];

/** *Export Results…*. @throws UserError if there is nothing to export */
export async function exportResults(
  state: GeometryState,
  extension: vscode.Uri,
  asVectors: () => Promise<void>,
  chosen?: ExportFormat,
): Promise<void> {
  const { result } = state;
  if (!result) throw new UserError(t('There is no result to export yet. Add pairs to a concept first.'));
  const format =
    chosen ?? (await vscode.window.showQuickPick(formats, { title: t('Export Results As') }))?.format;
  if (!format) return;
  if (format === 'vectors') await asVectors();
  else if (format === 'csv' || format === 'npy') await exportFolder(format, state, result);
  else await exportFile(format, state, result, extension);
}

async function exportFile(
  format: 'json' | 'html',
  state: GeometryState,
  result: ProbeResult,
  extension: vscode.Uri,
): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: t('Export Results'),
    filters: { [format.toUpperCase()]: [format] },
    ...defaultUri(`geometry.${format}`),
  });
  if (!target) return;
  const text =
    format === 'json'
      ? `${JSON.stringify({ ...exportDocument(result, state), ...contextDocuments(state) }, null, 2)}\n`
      : await reportOf(state, extension);
  await writeFile(target, text);
  sayExported(target);
}

async function exportFolder(format: 'csv' | 'npy', state: GeometryState, result: ProbeResult): Promise<void> {
  const folder = await chooseFolder(
    format === 'csv' ? t('Select a Folder for the CSV Files') : t('Select a Folder for the NumPy Files'),
  );
  if (!folder) return;
  await (format === 'csv'
    ? exportTables(folder, [
        ...resultTables(result),
        ...(state.manyModels ? manyModelsTables(state.manyModels) : []),
        ...contextTables(state),
      ])
    : exportMatrices(folder, [...resultMatrices(result), ...contextMatrices(state)]));
}

/** The panel's *Geometry* page as one HTML file. */
export async function reportOf(state: GeometryState, extension: vscode.Uri): Promise<string> {
  const asset = async (name: string): Promise<string> =>
    new TextDecoder().decode(
      await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, 'dist', name)),
    );
  const [script, style] = await Promise.all([asset('webview.js'), asset('webview.css')]);
  return htmlReport({ ...state, early: null, progress: null, problem: null }, { script, style }, translation);
}
