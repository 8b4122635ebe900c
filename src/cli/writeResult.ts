import { removePartials, writeAside, writeFileAside, type ResultFile } from '../export/resultFile';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
let isGuarded = false;

/**
 * Writes a result file completely or not at all.
 *
 * @throws UserError with one sentence if that fails
 */
export function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  guard();
  return writeFileAside(path, content);
}

/** Like {@link writeResult}, in parts. */
export function writeResultInParts<T>(path: string, work: (file: ResultFile) => Promise<T>): Promise<T> {
  guard();
  return writeAside(path, work);
}

/**
 * Ensures that no partial file remains however the process ends. Installed only now because a listener delays signals while
 * something is computed.
 */
function guard(): void {
  if (isGuarded) return;
  isGuarded = true;
  process.on('exit', removePartials);
  for (const signal of signals) {
    process.once(signal, () => {
      removePartials();
      // With the listener removed, the signal has its default effect.
      process.kill(process.pid, signal);
    });
  }
}
