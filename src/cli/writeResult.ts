import { removePartials, writeAside, writeFileAside, type ResultFile } from '../export/resultFile';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let isGuarded = false;

/**
 * Writes a file of results: all of it, or none.
 *
 * @throws UserError with one sentence where that is not possible
 */
export function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  guard();
  return writeFileAside(path, content);
}

/** As {@link writeResult}, in parts. */
export function writeResultInParts<T>(path: string, work: (file: ResultFile) => Promise<T>): Promise<T> {
  guard();
  return writeAside(path, work);
}

/** However the process ends, no partial file stays. Only now: a listener delays signals while something is computed. */
function guard(): void {
  if (isGuarded) return;
  isGuarded = true;
  process.on('exit', removePartials);
  for (const signal of signals) {
    process.once(signal, () => {
      removePartials();
      // Without a listener it does what it always does.
      process.kill(process.pid, signal);
    });
  }
}
