import { createHash } from 'node:crypto';
import { readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { remoteCacheFolder } from '../algebra/cacheFolder';
import { orUndefined } from '../orUndefined';
import { namesIn } from '../storage/paths';
import { writeWhole } from '../writeWhole';
import type { ByteRange } from './remoteCalls';

const hashBytes = 32;
/** Start and end of the stored bytes. */
const ownName = /^(\d+)-(\d+)\.rows$/u;
const folderName = /^[\da-f]{64}$/u;
const defaultLimit = 4 * 2 ** 30;

/** Size of the cache of files that are read over the network. */
export interface RemoteCacheInfo {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  readonly limit: number;
}

/**
 * Bytes of one remote file on disk: `START-END.rows` has a SHA-256 and the bytes themselves. Each is written under another name
 * and renamed, so that several processes may use the folder; a damaged one is removed and counts as missing.
 */
export class BlockStore {
  readonly #folder: string;

  /** @param identity changes with the content of the file: 64 hexadecimal digits */
  constructor(identity: string, root = remoteCacheFolder()) {
    this.#folder = join(root, 'rows', identity);
  }

  /** What is there. */
  ranges(): ByteRange[] {
    return namesIn(this.#folder).flatMap((name) => {
      const [, start, end] = ownName.exec(name) ?? [];
      return start === undefined ? [] : [{ start: Number(start), end: Number(end) }];
    });
  }

  /** @returns undefined if it is missing or damaged */
  get(range: ByteRange): Uint8Array | undefined {
    const path = this.#path(range);
    try {
      const stored = readFileSync(path);
      const bytes = stored.subarray(hashBytes);
      const isWhole = bytes.length === range.end - range.start;
      if (isWhole && digest(bytes).equals(stored.subarray(0, hashBytes))) return bytes;
    } catch {
      // Cleared meanwhile.
    }
    remove(path);
    return undefined;
  }

  /** Does nothing if the folder cannot be written: the bytes are then requested again. */
  set(range: ByteRange, bytes: Uint8Array): void {
    orUndefined(() => {
      writeWhole(this.#path(range), Buffer.concat([digest(bytes), bytes]));
    });
  }

  /** Notes that the file is in use, for {@link trimRemoteCache}. */
  touch(): void {
    try {
      const now = new Date();
      utimesSync(this.#folder, now, now);
    } catch {
      // Nothing is there yet.
    }
  }

  #path({ start, end }: ByteRange): string {
    return join(this.#folder, `${start}-${end}.rows`);
  }
}

/** Removes the files that were not used for the longest time, until the rest is within the limit. */
export function trimRemoteCache(root = remoteCacheFolder(), limit = defaultLimit): void {
  let total = 0;
  for (const { path, bytes } of storesIn(root).sort((a, b) => b.used - a.used)) {
    total += bytes;
    if (total > limit) remove(path);
  }
}

export function remoteCacheInfo(root = remoteCacheFolder()): RemoteCacheInfo {
  const stores = storesIn(root);
  const bytes = stores.reduce((sum, store) => sum + store.bytes, 0);
  return { folder: root, files: stores.length, bytes, limit: defaultLimit };
}

/** Removes all rows, and the small files of the models that they belong to. @returns what was there */
export function clearRemoteCache(root = remoteCacheFolder()): RemoteCacheInfo {
  const info = remoteCacheInfo(root);
  for (const { path } of storesIn(root)) remove(path);
  for (const name of namesIn(root)) if (name.startsWith('models--')) remove(join(root, name));
  return info;
}

function storesIn(root: string): { path: string; bytes: number; used: number }[] {
  const rows = join(root, 'rows');
  return namesIn(rows)
    .filter((name) => folderName.test(name))
    .map((name) => {
      const path = join(rows, name);
      const bytes = namesIn(path).reduce((sum, file) => {
        return sum + (statSync(join(path, file), { throwIfNoEntry: false })?.size ?? 0);
      }, 0);
      return { path, bytes, used: statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0 };
    });
}

/** What cannot be removed stays. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Not ours to change, or in use.
  }
}

function digest(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}
