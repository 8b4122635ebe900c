import { setTimeout as sleep } from 'node:timers/promises';

/** Seconds to wait for what should come: it ends a test that hangs, and must not end one on a slow machine. */
export const patience = 120;

/** What a page says of a frame or a node that went away while it was looked at: look again. */
const passing = /detached|destroyed|navigat|not attached|Cannot find context/i;

/**
 * Asks `probe` until it answers with something other than undefined, false or null, and returns that.
 *
 * @throws Error "Waited … s in vain for <what>." — `what` says in words what should have appeared.
 */
export async function waitUntil<T>(
  what: string,
  probe: () => T | undefined | null | false | Promise<T | undefined | null | false>,
  seconds = patience,
): Promise<T> {
  const end = performance.now() + seconds * 1000;
  let obstacle: unknown;
  for (;;) {
    try {
      const answer = await probe();
      if (answer !== undefined && answer !== null && answer !== false) return answer;
      obstacle = undefined;
    } catch (error) {
      if (!(error instanceof Error) || !passing.test(error.message)) throw error;
      obstacle = error;
    }
    if (performance.now() > end)
      throw new Error(`Waited ${seconds} s in vain for ${what}.`, { cause: obstacle });
    await sleep(40);
  }
}

/** Acts, and again every few seconds until `isDone`: what a VS Code that starts or is busy receives may go nowhere. */
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
