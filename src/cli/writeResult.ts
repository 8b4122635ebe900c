import { removePartials, writeAside, writeFileAside, type ResultFile } from '../export/resultFile';

/** SIGINT ends the process through `interrupt.ts`. */
const signals = ['SIGTERM', 'SIGHUP'] as const;
let isGuarded = false;
const written: string[] = [];
/** Files that a message names. */
const mostNamed = 3;

/**
 * Writes a result file completely or not at all.
 *
 * @throws UserError with one sentence if that fails
 */
export async function writeResult(path: string, content: string | Uint8Array): Promise<void> {
  guard();
  await writeFileAside(path, content);
  written.push(path);
}

/** Which result files are complete, for a command that is cancelled. */
export function keptText(): string {
  if (written.length === 0) return 'No result file was written.';
  const named = written.slice(0, mostNamed).join(', ');
  const more = written.length > mostNamed ? ` and ${written.length - mostNamed} more` : '';
  return `Complete and kept: ${named}${more}.`;
}

/** Like {@link writeResult}, in parts. */
export async function writeResultInParts<T>(
  path: string,
  work: (file: ResultFile) => Promise<T>,
): Promise<T> {
  guard();
  const result = await writeAside(path, work);
  written.push(path);
  return result;
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
