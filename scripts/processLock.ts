import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Runs `work` while no other process runs its own under the same lock file. A lock whose process has exited is taken over.
 * Two processes that take over the same lock at the same time may both run `work`, which must tolerate that.
 */
export async function withProcessLock<T>(lockFile: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(lockFile), { recursive: true });
  const own = `${lockFile}.${process.pid}`;
  await writeFile(own, `${process.pid}`);
  try {
    // A link instead of a write, so that the lock appears together with its owner's id.
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

/** Whether a process with this id is running, including those of other users. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** False if the lock already exists; all other errors are thrown. */
async function succeeds(linking: Promise<void>): Promise<boolean> {
  try {
    await linking;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
