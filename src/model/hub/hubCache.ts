import { getHFHubCachePath, getRepoFolderName } from '@huggingface/hub';
import { copyFileSync, linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ModelError } from '../../errors';
import { reasonOf } from '../reasonOf';
import { statsOf } from '../storage/paths';
import { placeInFolder } from './names';
import type { HubFile, HubRepository } from './repository';
import { sizeOf } from './transfer';

/**
 * The Hugging Face cache of this user, which Python's huggingface_hub and other tools share: `blobs/` has the files by their
 * checksums, `snapshots/COMMIT/` links to them, and `refs/` names the commit of each revision.
 *
 * `@huggingface/hub` knows where it is. Its downloads (`downloadFileToCacheDir`, `snapshotDownload`) start over after every
 * interruption, check neither size nor checksum, and need links, which Windows may refuse; so files are downloaded by
 * `download.ts`, and put here when they are complete.
 */
export class HubCache {
  readonly #repository: string;
  readonly #revision: string;
  /** The folder that looks like the repository. */
  readonly snapshot: string;

  constructor({ id, revision, commit }: HubRepository, root = getHFHubCachePath()) {
    this.#repository = join(root, getRepoFolderName({ name: id, type: 'model' }));
    this.#revision = revision;
    this.snapshot = join(this.#repository, 'snapshots', commit);
  }

  /** Where a file is, if it is complete. */
  pathOf(file: HubFile): string | undefined {
    return (
      [this.#linkOf(file), this.#blobOf(file)].find((path) => path !== null && isComplete(path, file)) ??
      undefined
    );
  }

  /**
   * Puts complete files in. Hard links take no space; on another disk the files are copied.
   *
   * @param folder has the files that are not yet in the cache
   * @returns the model folder
   * @throws ModelError if the cache cannot be written
   */
  add(files: readonly HubFile[], folder: string): string {
    try {
      for (const file of files) this.#add(file, placeInFolder(folder, file.path));
      const ref = join(this.#repository, 'refs', this.#revision);
      mkdirSync(dirname(ref), { recursive: true });
      if (!this.snapshot.endsWith(this.#revision)) writeFileSync(ref, this.snapshot.slice(-40));
      return this.snapshot;
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw new ModelError(
        `The Hugging Face cache ${this.#repository} cannot be written (${reasonOf(error)}); check the disk, or set HF_HUB_CACHE to another folder.`,
      );
    }
  }

  #add(file: HubFile, downloaded: string): void {
    const link = this.#linkOf(file);
    if (isComplete(link, file)) return;
    rmSync(link, { force: true });
    mkdirSync(dirname(link), { recursive: true });
    const blob = this.#blobOf(file);
    if (blob === null) {
      place(downloaded, link);
      return;
    }
    if (!isComplete(blob, file)) place(downloaded, blob);
    try {
      symlinkSync(relative(dirname(link), blob), link);
    } catch {
      // As the Python library does where links are not allowed.
      place(blob, link);
    }
  }

  #linkOf({ path }: HubFile): string {
    return placeInFolder(this.snapshot, path);
  }

  /** Null if the Hub lists no checksum. */
  #blobOf({ identity }: HubFile): string | null {
    return identity !== null && /^[\da-f]{40,64}$/u.test(identity)
      ? join(this.#repository, 'blobs', identity)
      : null;
  }
}

function isComplete(path: string, { bytes }: HubFile): boolean {
  const stats = statsOf(path);
  return stats?.isFile() === true && (bytes === null || stats.size === bytes);
}

/** Whole or not at all. */
function place(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  const unfinished = `${to}.incomplete`;
  rmSync(unfinished, { force: true });
  try {
    linkSync(from, unfinished);
  } catch {
    copyFileSync(from, unfinished);
    if (sizeOf(unfinished) !== sizeOf(from)) throw new Error('the copy is not complete');
  }
  renameSync(unfinished, to);
}
