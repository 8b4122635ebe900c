import { createHash } from 'node:crypto';
import {
  closeSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  unlinkSync,
  utimesSync,
  writeSync,
  type Stats,
} from 'node:fs';
import { basename, join } from 'node:path';
import type { CausalFactor } from './causalFactor';
import { panelShapes } from './columnPanels';

/** Location and size of the cache on disk. */
export interface CacheInfo {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Above this size, the least recently used files are removed. */
  readonly limit: number;
}

/** What {@link FactorCache.clear} removed; `left`: number of cache files that could not be removed. */
export interface CacheCleared extends CacheInfo {
  readonly left: number;
}

const suffix = '.covariance';
/** A fingerprint with a ridge, plus a process id while the file is being written. */
const ownName = /^[\da-f]{64}-(?:auto|[\d.e+-]+)\.covariance(?:\.\d+)?$/u;
const magic = 'Concept Probe covariance 2\n';
/** {@link magic} of any version. */
const anyMagic = /^Concept Probe covariance \d\n$/u;
/** Alignment of the numbers in the file, so that they can be used without a copy. */
const alignment = 8;
const defaultLimit = 2 ** 30;

/**
 * Covariances on disk, one file per head: a line that names the format, a line of JSON, and the numbers, whose SHA-256 is in
 * the JSON. A damaged file is removed and treated as missing.
 *
 * The folder may contain other files: only regular files with the cache's naming scheme and first line are read, counted,
 * removed or replaced, and links are not followed.
 */
export class FactorCache {
  constructor(
    private readonly folder: string,
    private readonly limit = defaultLimit,
  ) {}

  /** @param key a head's fingerprint, `-`, and the ridge or `auto` */
  get(key: string): CausalFactor | undefined {
    const path = this.#path(key);
    if (!ownStats(path)) return undefined;
    try {
      const factor = parse(readFileSync(path), key);
      quietly(() => {
        const now = new Date();
        utimesSync(path, now, now);
      });
      return factor;
    } catch {
      remove(path);
      return undefined;
    }
  }

  /** Does nothing if the folder cannot be written; the next run then only takes longer. */
  set(key: string, factor: CausalFactor): void {
    const path = this.#path(key);
    const unfinished = `${path}.${process.pid}`;
    try {
      mkdirSync(this.folder, { recursive: true });
      if (isTaken(path)) return;
      // Left by a killed process with the same id.
      remove(unfinished);
      write(unfinished, serialize(factor, key));
      renameSync(unfinished, path);
      this.#evict();
    } catch {
      remove(unfinished);
    }
  }

  info(): CacheInfo {
    const files = this.#files();
    return {
      folder: this.folder,
      files: files.length,
      bytes: files.reduce((sum, { size }) => sum + size, 0),
      limit: this.limit,
    };
  }

  /** Removes all files of the cache. @returns what was removed */
  clear(): CacheCleared {
    const files = this.#files();
    const gone = files.filter(({ path }) => remove(path));
    return {
      folder: this.folder,
      files: gone.length,
      bytes: gone.reduce((sum, { size }) => sum + size, 0),
      limit: this.limit,
      left: files.length - gone.length,
    };
  }

  #path(key: string): string {
    return join(this.folder, key + suffix);
  }

  #files() {
    let names: string[];
    try {
      names = readdirSync(this.folder);
    } catch {
      return [];
    }
    return names.flatMap((name) => {
      const path = join(this.folder, name);
      const stats = ownStats(path);
      return stats ? [{ path, size: stats.size, used: stats.mtimeMs }] : [];
    });
  }

  #evict(): void {
    let total = 0;
    for (const { path, size } of this.#files().sort((a, b) => b.used - a.used)) {
      total += size;
      if (total > this.limit) remove(path);
    }
  }
}

function serialize({ factor, mean, ...about }: CausalFactor, key: string): Uint8Array[] {
  const arrays = [mean, ...factor.below, ...factor.inverses];
  const parts = arrays.map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const { size, width } = factor;
  const fields = { key, ...about, size, width };
  const header = JSON.stringify({
    ...fields,
    sha256: digest([Buffer.from(JSON.stringify(fields)), ...parts]),
  });
  const start = Buffer.from(`${magic}${header}`);
  const spaces = alignment - 1 - (start.length % alignment);
  return [start, Buffer.from(`${' '.repeat(spaces)}\n`), ...parts];
}

/** @throws if the file is damaged or of another format */
function parse(bytes: Buffer, key: string): CausalFactor {
  const headerEnd = bytes.indexOf('\n', magic.length);
  if (bytes.toString('latin1', 0, magic.length) !== magic || headerEnd < 0) throw new Error('another format');
  const header = JSON.parse(bytes.toString('utf8', magic.length, headerEnd)) as Header;
  const { sha256, ...fields } = header;
  const { size, width, key: storedKey, ...about } = fields;
  const data = bytes.subarray(headerEnd + 1);
  if (storedKey !== key || digest([Buffer.from(JSON.stringify(fields)), data]) !== sha256)
    throw new Error('damaged');
  let offset = data.byteOffset;
  const mean = new Float64Array(data.buffer, offset, size);
  offset += mean.byteLength;
  const take = (count: number): Float32Array => {
    const part = new Float32Array(data.buffer, offset, count);
    offset += part.byteLength;
    return part;
  };
  const shapes = panelShapes(size, width);
  const below = shapes.map(({ rows, columns }) => take((rows - columns) * columns));
  const inverses = shapes.map(({ columns }) => take(columns * columns));
  return { ...about, mean, factor: { size, width, below, inverses } };
}

type Header = Omit<CausalFactor, 'factor' | 'mean'> & {
  readonly key: string;
  readonly size: number;
  readonly width: number;
  readonly sha256: string;
};

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Failing to change the cache is not a reason to stop.
  }
}

/** Stats of a cache file, or of the beginning of one whose writer was killed; `undefined` for any other file. */
function ownStats(path: string): Stats | undefined {
  if (!ownName.test(basename(path))) return undefined;
  try {
    const stats = lstatSync(path);
    return stats.isFile() && beginsAsOurs(path) ? stats : undefined;
  } catch {
    return undefined;
  }
}

function beginsAsOurs(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(magic.length);
    const text = start.toString('latin1', 0, readSync(file, start, 0, start.length, 0));
    return anyMagic.test(text) || (text.length < magic.length && magic.startsWith(text));
  } finally {
    closeSync(file);
  }
}

/** Whether the path is taken by something other than a cache file. */
function isTaken(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined && !ownStats(path);
}

/** @returns whether it was a cache file and has been removed */
function remove(path: string): boolean {
  if (!ownStats(path)) return false;
  try {
    unlinkSync(path);
    return true;
  } catch {
    return false;
  }
}

function digest(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function write(path: string, parts: readonly Uint8Array[]): void {
  // Never through a link, and never over an existing file.
  const file = openSync(path, 'wx');
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length;) done += writeSync(file, part, done);
    }
  } finally {
    closeSync(file);
  }
}
