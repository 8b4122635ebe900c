#!/usr/bin/env node
import { join } from 'node:path';
import { version } from '../../package.json';
import { createEngineMethods } from '../engine/engineMethods';
import { UsageError } from '../errors';
import type { Command } from './command';
import { commandTable } from './commandTable';
import { commandHelp, overview } from './help';
import { interrupted, listenForInterrupts, wasInterrupted } from './interrupt';
import { progressLine, stdoutSentence, terminal } from './output';
import { parseCommand } from './parseCommand';
import { keptText } from './writeResult';

async function main(args: readonly string[]): Promise<number> {
  try {
    return await run(args);
  } catch (error) {
    terminal.progress(null);
    terminal.note(error instanceof Error ? error.message : String(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

async function run(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === '--version') {
    terminal.print(`${version}\n`);
    return 0;
  }
  if (name === undefined || name === 'help' || args.includes('--help')) {
    terminal.print(helpFor(name === 'help' ? rest[0] : name));
    return name === undefined ? 2 : 0;
  }
  const command = commandNamed(name);
  listenForInterrupts(() => {
    const at = progressLine.current === null ? '' : ` at “${progressLine.current}”`;
    terminal.progress(null);
    terminal.note(`Cancelled${at}. ${command.kept ?? keptText()}`);
  });
  const given = parseCommand(command, command.prepare?.(rest) ?? rest);
  await command.run(given, { methods: createEngineMethods(join(__dirname, 'models')), output: terminal });
  return wasInterrupted() ? interrupted : 0;
}

/** Help for one command, or for all if none is named. */
function helpFor(name: string | undefined): string {
  return name === undefined || name.startsWith('--')
    ? overview(commandTable)
    : commandHelp(commandNamed(name));
}

/** @throws UsageError if no command has this name */
function commandNamed(name: string): Command {
  const command = commandTable.find((known) => known.name === name);
  if (!command) throw new UsageError(`There is no command ${name}; see concept-probe --help.`);
  return command;
}

// A reader that closes the pipe early, such as `head`, is not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  terminal.note(stdoutSentence(error));
  process.exit(1);
});
void main(process.argv.slice(2)).then((code) => {
  // Exits as soon as everything is written.
  process.stdout.write('', () => process.exit(code));
});
