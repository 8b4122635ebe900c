import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import { randomBytes } from 'node:crypto';
import { accessSync, constants, readlinkSync, statSync, unlinkSync, type Stats } from 'node:fs';
import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Bytes per write: signals are handled between writes. */
const chunk = 1 << 24;

/** Temporary files that are still being written. */
const partials = new Set<string>();

/** Removes unfinished files when the process is about to exit. */
export function removePartials(): void {
  for (const path of partials) {
    try {
      unlinkSync(path);
    } catch {
      // Already removed.
    }
  }
  partials.clear();
}

/**
 * Writes a result file and creates its parent folders.
 *
 * @throws UserError with one sentence if that fails; the previous file is then unchanged
 */
export function writeFileAside(path: string, content: string | Uint8Array): Promise<void> {
  return writeAside(path, (file) => file.write(typeof content === 'string' ? Buffer.from(content) : content));
}

/**
 * Like {@link writeFileAside}, in parts.
 *
 * @throws UserError with one sentence, and whatever `work` throws
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
 * Writes to a temporary file in the same folder and renames it when it is complete, so that its name always refers to the
 * old file or the complete new one. Devices, pipes and files in read-only folders are written to directly.
 */
export class ResultFile {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    /** The temporary file and the file that it will replace; `null` if the file is written to directly. */
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

  /** Renames the complete file to its final name. */
  keep(): Promise<void> {
    return attempt(this.path, async () => {
      // A full disk may be reported only now.
      if (this.aside) await this.handle.sync();
      await this.handle.close();
      if (!this.aside) return;
      await rename(this.aside.partial, this.aside.target);
      partials.delete(this.aside.partial);
    });
  }

  /** Removes the incomplete file. */
  async discard(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    if (!this.aside) return;
    await rm(this.aside.partial, { force: true });
    partials.delete(this.aside.partial);
  }
}

/** A new file with the permissions, and if possible the owner, of the file that it will replace. */
async function openLike(path: string, stats: Stats | undefined): Promise<FileHandle> {
  const handle = await open(path, 'wx');
  if (!stats) return handle;
  // Only root may change the owner. The mode is set last because a change of owner clears some of its bits.
  await handle.chown(stats.uid, stats.gid).catch(() => undefined);
  await handle.chmod(stats.mode & 0o7777);
  return handle;
}

/** The path and, if it is a link, each step to its target, which need not exist yet. */
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

/** A device, a pipe, or a file that is already open, such as /dev/stdout. */
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
    ? t`${path} cannot be written, because the disk is full (${code}); free some space or name a file elsewhere.`
    : t`${path} cannot be written (${code}); name a file in a writable folder.`;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
