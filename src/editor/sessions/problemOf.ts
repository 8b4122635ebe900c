import { t } from '@vscode/l10n';
import type { LogOutputChannel } from 'vscode';
import { CancelledError, EngineError } from '../../engine/engineClient';

/** Why a computation gave no result: one sentence for the panel. A bug goes to the log. */
export function problemOf(error: unknown, log: LogOutputChannel): string {
  if (error instanceof CancelledError) return error.message;
  if (error instanceof EngineError && error.expected) return error.message;
  log.error(error instanceof Error ? error : String(error));
  return t('The engine failed. See the log for details.');
}
