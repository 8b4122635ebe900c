import { UserError } from '../errors';
import { formatDuration } from '../format/duration';
import { TimeLeft } from '../format/timeLeft';
import { fstatSync, writeSync } from 'node:fs';
import type { ReportProgress } from '../protocol/progress';
import { inert } from './inert';

/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  /** @throws UserError with one sentence if standard output is a file that cannot be written */
  readonly print: (text: string) => void;
  readonly note: (sentence: string) => void;
  /**
   * Shows the current step on one line that is overwritten, with the share that is done and an estimate of the time left;
   * `null` clears it. Only in terminals.
   */
  readonly progress: (message: string | null, fraction?: number | null) => void;
}

const stdout = 1;

/** What shows progress; in tests not standard error. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** A line of progress that is overwritten. */
export class ProgressLine {
  readonly #left = new TimeLeft();
  /** The newest step, without its estimate; `null` between steps. */
  current: string | null = null;

  /** @param now seconds */
  constructor(
    private readonly stream: ProgressStream,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {}

  show(message: string | null, fraction: number | null = null): void {
    const left = this.#left.after(message === null ? null : fraction, this.now());
    const done = fraction === null ? [] : [`${Math.floor(100 * fraction)} %`];
    this.current = message === null ? null : [message, ...done].join(', ');
    if (!this.stream.isTTY) return;
    const time = left === undefined || left < 2 ? [] : [`${formatDuration(left)} left`];
    const line = this.current === null ? '' : `${[inert(this.current), ...time].join(', ')}…`;
    // A line that wraps could not be overwritten.
    const { columns = 0 } = this.stream;
    // Some terminals do not know their width and say 0.
    const width = (columns > 1 ? columns : 80) - 1;
    const shown = line.length > width ? `${line.slice(0, width - 1)}…` : line;
    this.stream.write(`\r\u001b[2K${shown}`);
  }
}

export const progressLine = new ProgressLine(process.stderr);

export const terminal: Output = {
  print: (text) => {
    const shown = inert(text);
    if (isStdoutFile()) printToFile(Buffer.from(shown));
    else process.stdout.write(shown);
  },
  note: (sentence) => process.stderr.write(`concept-probe: ${inert(sentence)}\n`),
  progress: progressLine.show.bind(progressLine),
};

/** Shows the engine's progress, with the share that is done and the time left if known. */
export function progressOf(output: Output): ReportProgress {
  return ({ message, fraction }) => {
    output.progress(message, fraction);
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
