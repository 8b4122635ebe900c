import { ModelError } from '../../errors';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A killed process leaves its lock behind; a live one updates it much more often than this. */
const staleMilliseconds = 60_000;

/**
 * Prevents other windows of VS Code from writing to a folder that is being downloaded, because two that append to one part
 * would corrupt it.
 */
export class HubLock {
  readonly #path: string;
  readonly #timer: NodeJS.Timeout;

  /** @throws ModelError if another process holds the lock */
  constructor(folder: string, id: string) {
    this.#path = `${folder}.lock`;
    mkdirSync(dirname(folder), { recursive: true });
    if (this.#isHeld())
      throw new ModelError(
        `${id} is already being downloaded by another window; wait until that download is done.`,
      );
    rmSync(this.#path, { force: true });
    const descriptor = openSync(this.#path, 'wx');
    writeSync(descriptor, String(process.pid));
    closeSync(descriptor);
    this.#timer = setInterval(() => {
      this.#touch();
    }, staleMilliseconds / 10);
  }

  release(): void {
    clearInterval(this.#timer);
    rmSync(this.#path, { force: true });
  }

  #touch(): void {
    const now = new Date();
    // If it has been removed, there is no lock to hold any more.
    if (existsSync(this.#path)) utimesSync(this.#path, now, now);
  }

  #isHeld(): boolean {
    const stats = statSync(this.#path, { throwIfNoEntry: false });
    if (!stats || Date.now() - stats.mtimeMs > staleMilliseconds) return false;
    return isAlive(Number(readFileSync(this.#path, 'utf8')));
  }
}

/** Whether a process with that id is running. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user cannot be queried.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
