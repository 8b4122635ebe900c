import { UserError } from '../errors';
import { fstatSync, writeSync } from 'node:fs';
import { Estimate } from '../format/estimate';
import type { ReportProgress } from '../protocol/progress';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  /** @throws UserError with one sentence if standard output is a file that cannot be written */
  readonly print: (text: string) => void;
  readonly note: (sentence: string) => void;
  /** Shows the current step on one line that is overwritten; `null` clears it. Only in terminals. */
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

/** Shows the engine's progress, with the share that is done and the time left if known. */
export function progressOf(output: Output): ReportProgress {
  const estimate = new Estimate();
  return ({ message, fraction }) => {
    const share = fraction === null ? message : `${message} (${Math.round(fraction * 100)} %)`;
    output.progress(estimate.text({ message: share, fraction }));
  };
}

/** A document in the format of `--json`. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/**
 * A file or a device other than a terminal. Node writes to these synchronously, and loses what does not fit on a full disk.
 */
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

/** Why standard output is incomplete. */
export function stdoutSentence(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  return isFull
    ? `Standard output is incomplete, because the disk is full (${code}); free some space and run the command again.`
    : `Standard output is incomplete (${code}); write to another file.`;
}
