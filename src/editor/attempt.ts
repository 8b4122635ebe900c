import { t } from '@vscode/l10n';
import type * as vscode from 'vscode';
import { CancelledError, EngineError } from '../engine/engineClient';
import { UserError } from '../errors';
import { showError, showStatus, showWarning } from './notify';

/** An action that a message offers as a button. */
export interface UserAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** A {@link UserError} with actions that help. */
export class UserErrorWithActions extends UserError {
  constructor(
    message: string,
    readonly actions: readonly UserAction[],
  ) {
    super(message);
  }
}

/** Does what the user asked for. An error is shown as one message and written to the log. */
export async function attempt(work: () => unknown, log: vscode.LogOutputChannel): Promise<void> {
  try {
    await work();
  } catch (error) {
    await report(error, log);
  }
}

/** Shows a message with actions, and runs the one that the user chooses. */
export async function offer(
  actions: readonly UserAction[],
  log: vscode.LogOutputChannel,
  show: (titles: readonly string[]) => Thenable<string | undefined>,
): Promise<void> {
  const chosen = await show(actions.map(({ title }) => title));
  const action = actions.find(({ title }) => title === chosen);
  if (action) await attempt(action.run, log);
}

async function report(error: unknown, log: vscode.LogOutputChannel): Promise<void> {
  const isOurs = error instanceof EngineError && error.expected;
  if (error instanceof CancelledError) {
    log.info(error.message);
    showStatus(error.message, 8000);
    return;
  }
  if (error instanceof UserError || isOurs) {
    log.warn(error.message);
    void offer(error instanceof UserErrorWithActions ? error.actions : [], log, (titles) =>
      showWarning(error.message, ...titles),
    );
    return;
  }
  log.error(error instanceof Error ? error : String(error));
  const choice = await showError(
    t`Concept Probe could not do this: ${error instanceof Error ? error.message : String(error)}`,
    t('Show Log'),
  );
  if (choice) log.show();
}
