import * as vscode from 'vscode';
import { CancelledError, type CallOptions } from '../engine/engineClient';
import { Estimate } from '../format/estimate';
import type { Progress } from '../protocol/progress';
import { plainText } from './plainText';

/** Shows in the status bar that something is going on, until `over`. */
export function showInStatusBar(title: string, over: Promise<void>): void {
  const location = vscode.ProgressLocation.Window;
  void vscode.window.withProgress({ location, title: plainText(title) }, () => over);
}

let shown = 0;

/** Whether a notification with progress and *Cancel* is shown now. */
export function isNotificationShown(): boolean {
  return shown > 0;
}

/** Shows a notification with progress and *Cancel*, for long work whose progress is shown nowhere else. */
export async function withNotification<T>(
  title: string,
  task: (
    signal: AbortSignal,
    progress: vscode.Progress<{ message?: string; increment?: number }>,
  ) => Promise<T>,
): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  const options = { location, title: plainText(title), cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => {
      controller.abort();
    });
    shown++;
    try {
      return await task(controller.signal, {
        report: ({ message, ...rest }) => {
          progress.report({ ...rest, ...(message !== undefined && { message: plainText(message) }) });
        },
      });
    } finally {
      shown--;
    }
  });
}

/** Reports what an engine or a download reports, with an estimate of the time left. */
export function reportTo(progress: vscode.Progress<{ message?: string; increment?: number }>) {
  const estimate = new Estimate();
  let reported = 0;
  return (now: Progress): void => {
    const percent = (now.fraction ?? 0) * 100;
    progress.report({ message: estimate.text(now), increment: Math.max(0, percent - reported) });
    reported = Math.max(reported, percent);
  };
}

/** The same for a call of the engine. @returns `undefined` if it was cancelled */
export async function withProgress<T, P extends Progress>(
  title: string,
  work: (options: CallOptions<P>) => Promise<T>,
): Promise<T | undefined> {
  try {
    return await withNotification(title, (signal, progress) =>
      work({
        signal,
        onProgress: reportTo(progress),
      }),
    );
  } catch (error) {
    if (error instanceof CancelledError) return undefined;
    throw error;
  }
}
