import { UserError } from '../errors';
import { fstatSync, writeSync } from 'node:fs';
import type { ReportProgress } from '../protocol/progress';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  /** @throws UserError with one sentence if standard output is a file that cannot be written */
  readonly print: (text: string) => void;
  readonly note: (sentence: string) => void;
  /** What is being done, on one line that is written over; `null` takes it away. Terminals only. */
  readonly progress: (message: string | null) => void;
}

const stdout = 1;

export const terminal: Output = {
  print: (text) => {
    if (isStdoutFile()) printToFile(Buffer.from(text));
    else process.stdout.write(text);
  },
  note: (sentence) => process.stderr.write(`concept-probe: ${sentence}\n`),
  progress: (message) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${message === null ? '' : `${message}…`}`);
  },
};

/** Shows the engine's progress, with the share that is done where it is known. */
export function progressOf(output: Output): ReportProgress {
  return ({ message, fraction }) => {
    output.progress(fraction === null ? message : `${message} (${Math.round(fraction * 100)} %)`);
  };
}

/** A document as `--json` gives it. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A file or a device that is no terminal; Node writes to those at once, and loses what a full disk does not take. */
function isStdoutFile(): boolean {
  if (process.stdout.isTTY) return false;
  const stats = fstatSync(stdout);
  return stats.isFile() || stats.isCharacterDevice();
}

function printToFile(bytes: Uint8Array): void {
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(stdout, bytes, done);
  } catch (error) {
    throw new UserError(stdoutSentence(error), { cause: error });
  }
}

/** Why standard output is not complete. */
export function stdoutSentence(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? `Standard output is not complete, because the disk is full (${code}); free some space and run it again.`
    : `Standard output is not complete (${code}); write to another file.`;
}
