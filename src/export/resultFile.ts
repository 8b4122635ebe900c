import { UserError } from '../errors';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, readlinkSync, statSync, unlinkSync, type Stats } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Bytes of one write: a signal is heard between two. */
const chunk = 1 << 24;

/** Files that are being written and do not have their own name yet. */
const partials = new Set<string>();

/** Removes what is being written, for a process that ends now. */
export function removePartials(): void {
  for (const path of partials) {
    try {
      unlinkSync(path);
    } catch {
      // Gone already.
    }
  }
  partials.clear();
}

/**
 * Writes a file of results, with the folders above it.
 *
 * @throws UserError with one sentence where that is not possible; then there is what was there before
 */
export function writeFileAside(path: string, content: string | Uint8Array): Promise<void> {
  return writeAside(path, (file) => file.write(typeof content === 'string' ? Buffer.from(content) : content));
}

/**
 * As {@link writeFileAside}, in parts.
 *
 * @throws UserError with one sentence, and what `work` throws
 */
export async function writeAside<T>(path: string, work: (file: ResultFile) => Promise<T>): Promise<T> {
  const file = await ResultFile.open(path);
  try {
    const result = await work(file);
    await file.keep();
    return result;
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/**
 * A file that is written aside, in its own folder, and renamed when it is complete: under its name there is the old file
 * or the whole new one. Devices and pipes are written to directly, and so are files in folders that are read-only.
 */
export class ResultFile {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    /** What is renamed to what; null where the file itself is written. */
    private readonly aside: { readonly partial: string; readonly target: string } | null,
  ) {}

  static open(path: string): Promise<ResultFile> {
    return attempt(path, async () => {
      await mkdir(dirname(path), { recursive: true });
      const stats = statSync(path, { throwIfNoEntry: false });
      const steps = behindLinks(path);
      if (isStream(steps, stats)) return new ResultFile(path, await open(path, 'w'), null);
      const target = steps.at(-1)!;
      if (stats) accessSync(target, constants.W_OK);
      const partial = join(dirname(target), `.concept-probe-${randomBytes(6).toString('hex')}.partial`);
      partials.add(partial);
      try {
        return new ResultFile(path, await openLike(partial, stats), { partial, target });
      } catch (error) {
        partials.delete(partial);
        if (!stats || !isForbidden(error)) throw error;
        return new ResultFile(path, await open(target, 'w'), null);
      }
    });
  }

  /** Whether {@link overwriteStart} is possible. */
  get isSeekable(): boolean {
    return this.aside !== null;
  }

  /** Appends all of `bytes`. */
  write(bytes: Uint8Array): Promise<void> {
    return attempt(this.path, async () => {
      for (let done = 0; done < bytes.length;) {
        const { bytesWritten } = await this.handle.write(bytes, done, Math.min(chunk, bytes.length - done));
        done += bytesWritten;
      }
    });
  }

  overwriteStart(bytes: Uint8Array): Promise<void> {
    return attempt(this.path, async () => {
      await this.handle.write(bytes, 0, bytes.length, 0);
    });
  }

  /** It is complete and gets its name. */
  keep(): Promise<void> {
    return attempt(this.path, async () => {
      // A full disk may show only now.
      if (this.aside) await this.handle.sync();
      await this.handle.close();
      if (!this.aside) return;
      await rename(this.aside.partial, this.aside.target);
      partials.delete(this.aside.partial);
    });
  }

  /** It is not complete, and nothing of it stays. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (!this.aside) return;
    await rm(this.aside.partial, { force: true });
    partials.delete(this.aside.partial);
  }
}

/** A new file with the permissions, and where possible the owner, of the one that it will replace. */
async function openLike(path: string, stats: Stats | undefined): Promise<FileHandle> {
  const handle = await open(path, 'wx');
  if (!stats) return handle;
  // Only root may; the mode last, because a change of owner takes bits away.
  await handle.chown(stats.uid, stats.gid).catch(() => undefined);
  await handle.chmod(stats.mode & 0o7777);
  return handle;
}

/** The path, and where it leads step by step if it is a link, also one to nothing yet. */
function behindLinks(path: string): string[] {
  const steps = [resolve(path)];
  while (steps.length < 40) {
    const last = steps.at(-1)!;
    try {
      steps.push(resolve(dirname(last), readlinkSync(last)));
    } catch {
      break;
    }
  }
  return steps;
}

/** A device or a pipe, or a file that is open already and that somebody else is writing, such as /dev/stdout. */
function isStream(steps: readonly string[], stats: Stats | undefined): boolean {
  return (
    stats !== undefined && (!stats.isFile() || steps.some((step) => /^\/(?:proc|dev\/fd)\//u.test(step)))
  );
}

function isForbidden(error: unknown): boolean {
  return ['EACCES', 'EPERM'].includes(codeOf(error));
}

async function attempt<T>(path: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new UserError(sentence(path, codeOf(error)), { cause: error });
  }
}

function sentence(path: string, code: string): string {
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? `${path} cannot be written, because the disk is full (${code}); free some space or name a file elsewhere.`
    : `${path} cannot be written (${code}); name a file in a folder that can be.`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
