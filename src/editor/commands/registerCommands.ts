import * as vscode from 'vscode';
import { attempt } from '../attempt';
import { usableArguments } from './commandArguments';
import type { CommandHandlers, CommandId, CommandTable } from './commandTable';

/** Registers every command of the table. An error is shown as one message and written to the log. */
export function registerCommands(handlers: CommandHandlers, log: vscode.LogOutputChannel): vscode.Disposable {
  const ids = Object.keys(handlers) as CommandId[];
  return vscode.Disposable.from(
    ...ids.map((id) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        attempt(() => (handlers[id] as (...usable: unknown[]) => unknown)(...usableArguments(id, args)), log),
      ),
    ),
  );
}

/** Runs one of the extension's commands, with typed arguments. */
export async function runCommand<C extends CommandId>(id: C, ...args: CommandTable[C]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}
