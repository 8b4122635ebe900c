import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process runs its own under the same lock file. A lock whose process is gone is taken over.
 * Two that take over the same dead lock at once may both run: `work` must be safe then, and only costs twice.
 */
export async function withProcessLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lockFile), { recursive: true });
  const own = `${lockFile}.${process.pid}`;
  await writeFile(own, `${process.pid}`);
  try {
    // A link, not a write: the lock appears with its owner's id in it, or not at all.
    while (!(await succeeds(link(own, lockFile)))) {
      const owner = Number(await readFile(lockFile, 'utf8').catch(() => '0'));
      if (owner > 0 && !isRunning(owner)) await rm(lockFile, { force: true });
      else await sleep(200);
    }
  } finally {
    await rm(own, { force: true });
  }
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

/** Whether a process of this id runs, ours or another user's. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** False where the lock exists already; every other failure is a failure. */
async function succeeds(linking: Promise<void>): Promise<boolean> {
  try {
    await linking;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
