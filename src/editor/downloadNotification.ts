import * as vscode from 'vscode';
import type { EngineClient } from '../engine/engineClient';
import type { DownloadCalls } from '../protocol/downloadMessages';

export type DownloadClient = EngineClient<DownloadCalls>;

/** A notification with progress and *Cancel*: a download is long, and nothing else shows it. */
export async function withNotification<T>(
  title: string,
  task: (
    signal: AbortSignal,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
  ) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    return task(controller.signal, progress);
  });
}
