import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds to wait at most: long enough for a slow machine, but a hanging test ends. */
export const patience = 240;

/** Errors of a page about a frame or node that disappeared during a check: try again. */
const passing = /detached|destroyed|navigat|not attached|Cannot find context/i;

/**
 * Calls `probe` until it returns something other than undefined, false or null, and returns that.
 *
 * @throws Error "Timed out after … s while waiting for <what>." — `what` describes what should have appeared.
 */
export async function waitUntil<T>(
  what: string,
  probe: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  seconds = patience,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let obstacle: unknown;
  // Asks less and less often, because asking takes time from what is awaited.
  for (let pause = 40; ; pause = Math.min(300, pause * 1.2)) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      obstacle = undefined;
    } catch (error) {
      if (!(error instanceof Error) || !passing.test(error.message)) throw error;
      obstacle = error;
    }
    if (performance.now() > end)
      throw new Error(`Timed out after ${seconds} s while waiting for ${what}.`, { cause: obstacle });
    await sleep(pause);
  }
}

/** Acts, and repeats every few seconds until `isDone`: input may be lost while VS Code starts or is busy. */
export async function actUntil(
  what: string,
  isDone: () => Promise<boolean>,
  act: () => Promise<unknown>,
  everySeconds = 5,
): Promise<void> {
  let last = -Infinity;
  await waitUntil(what, async () => {
    if (await isDone()) return true;
    if (performance.now() - last > everySeconds * 1000) {
      await act();
      last = performance.now();
    }
    return false;
  });
}

/** Acts first, then again every few seconds until `isDone`. */
export function actAndWait(
  what: string,
  act: () => Promise<unknown>,
  isDone: () => Promise<boolean>,
  everySeconds?: number,
): Promise<void> {
  let hasActed = false;
  return actUntil(
    what,
    async () => hasActed && (await isDone()),
    async () => {
      await act();
      hasActed = true;
    },
    everySeconds,
  );
}
