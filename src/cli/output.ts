/** Where a command writes: results to standard output, everything else to standard error. */
export interface Output {
  readonly print: (text: string) => void;
  readonly note: (sentence: string) => void;
  /** What is being done, on one line that is written over; `null` takes it away. Terminals only. */
  readonly progress: (message: string | null) => void;
}

export const terminal: Output = {
  print: (text) => process.stdout.write(text),
  note: (sentence) => process.stderr.write(`concept-probe: ${sentence}\n`),
  progress: (message) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${message === null ? '' : `${message}…`}`);
  },
};
