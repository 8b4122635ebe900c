import * as vscode from 'vscode';
import { CancelledError, type EngineClient } from '../engine/engineClient';
import { npyHeader } from '../export/npy';
import { plural } from '../protocol/formatNumbers';
import { UserError } from './registerCommands';
import { readSettings } from './settings';

/**
 * *Export Hidden States of Selection…*: λ(x) of each selected line, a context each, as the rows of a NumPy file.
 *
 * @throws UserError if nothing is selected, EngineError if the model cannot be run
 */
export async function exportHiddenStates(engine: EngineClient): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.selections.map((selection) => editor.document.getText(selection)).join('\n') ?? '';
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new UserError('Select the texts whose hidden states you want, one a line.');
  const target = await vscode.window.showSaveDialog({
    title: `Hidden states of ${plural(lines.length, 'context')}`,
    filters: { NumPy: ['npy'] },
  });
  if (!target) return;
  const { model, provider, threads } = readSettings();
  const contexts = lines.map((line) => ({ text: line }));
  const request = {
    model,
    contexts,
    allPositions: false,
    provider,
    ...(threads === null ? {} : { threads }),
  };
  try {
    const {
      hidden,
      note,
      contexts: done,
    } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: 'Hidden states', cancellable: true },
      (progress, token) => {
        const controller = new AbortController();
        token.onCancellationRequested(() => {
          controller.abort();
        });
        return engine.call('embed', request, {
          signal: controller.signal,
          onProgress: ({ message }) => {
            progress.report({ message });
          },
        });
      },
    );
    const { data, rows, columns } = hidden;
    const values = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    await vscode.workspace.fs.writeFile(target, Buffer.concat([npyHeader(rows, columns), values]));
    const windowed = done.filter((context) => context.windowed).length;
    const remarks = [note, windowed > 0 ? `${plural(windowed, 'context')} cut to the model’s window` : null];
    const said = remarks.filter((remark) => remark !== null).join('; ');
    vscode.window.setStatusBarMessage(`Wrote ${rows} × ${columns}${said === '' ? '' : ` (${said})`}`, 10_000);
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
  }
}
