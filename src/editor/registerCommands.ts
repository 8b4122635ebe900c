import * as vscode from 'vscode';
import { EngineError } from '../engine/engineClient';
import type { CommandHandlers, CommandId, CommandTable } from './commandTable';
import { showError, showWarning } from './notify';

/** What a message offers to do. */
export interface UserAction {
  readonly title: string;
  readonly run: () => unknown;
}

/** A sentence for the user, about something that the user can fix, and what helps. */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    message: string,
    readonly actions: readonly UserAction[] = [],
  ) {
    super(message);
  }
}

/** Registers every command of the table; whatever one throws ends in one message and the log. */
export function registerCommands(handlers: CommandHandlers, log: vscode.LogOutputChannel): vscode.Disposable {
  const ids = Object.keys(handlers) as CommandId[];
  return vscode.Disposable.from(
    ...ids.map((id) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        attempt(() => (handlers[id] as (...args: unknown[]) => unknown)(...args), log),
      ),
    ),
  );
}

/** Does what the user asked for; whatever it throws ends in one message and the log. */
export async function attempt(work: () => unknown, log: vscode.LogOutputChannel): Promise<void> {
  try {
    await work();
  } catch (error) {
    await report(error, log);
  }
}

/** Runs one of our commands, with its arguments checked. */
export async function runCommand<C extends CommandId>(id: C, ...args: CommandTable[C]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** Shows a message with actions, and does the one that is chosen. */
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
  // RangeErrors of the pure rooms are sentences about what was asked.
  const isOurs = error instanceof EngineError && error.expected;
  if (error instanceof UserError || error instanceof RangeError || isOurs) {
    log.warn(error.message);
    void offer(error instanceof UserError ? error.actions : [], log, (titles) =>
      showWarning(error.message, ...titles),
    );
    return;
  }
  log.error(error instanceof Error ? error : String(error));
  const choice = await showError(
    `Concept Probe could not do this: ${error instanceof Error ? error.message : String(error)}`,
    'Show Log',
  );
  if (choice) log.show();
}
