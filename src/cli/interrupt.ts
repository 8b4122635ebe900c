import { removePartials } from '../export/resultFile';

/* Ctrl+C: a command ends cleanly, says what is kept, and its exit status says that it was interrupted. */

/** The exit code of a command that SIGINT stopped and that kept its results, as shells have it. */
export const interrupted = 130;

/** What the first Ctrl+C does; by default the command ends. */
let instead: (() => unknown) | undefined;
let wasStopped = false;

/** Whether Ctrl+C stopped a command that then went on to keep its results. */
export function wasInterrupted(): boolean {
  return wasStopped;
}

/**
 * Until it is released, the first Ctrl+C runs `stop` instead of ending the command. A second one ends it.
 *
 * @returns releases it, and returns whether Ctrl+C was pressed
 */
export function onInterrupt(stop: () => unknown): () => boolean {
  instead = () => {
    wasStopped = true;
    stop();
  };
  return () => {
    instead = undefined;
    return wasStopped;
  };
}

/** @param end says what is kept, before the command ends */
export function listenForInterrupts(end: () => void): void {
  process.on('SIGINT', () => {
    const stop = instead;
    instead = undefined;
    if (stop) stop();
    else {
      end();
      removePartials();
      // Without a listener the signal has its default effect, which shells recognize.
      process.removeAllListeners('SIGINT');
      process.kill(process.pid, 'SIGINT');
    }
  });
}
