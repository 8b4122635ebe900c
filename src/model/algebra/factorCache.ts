import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { CausalFactor } from './causalFactor';
import { panelShapes } from './panels';

/** What the cache takes on disk, and where. */
export interface CacheInfo {
  readonly folder: string;
  readonly files: number;
  readonly bytes: number;
  /** Beyond it the longest unused go. */
  readonly limit: number;
}

const suffix = '.covariance';
const magic = 'Concept Probe covariance 2\n';
/** The numbers begin at a multiple of it, so that they can be used where they are. */
const alignment = 8;
const defaultLimit = 2 ** 30;

/**
 * Covariances on disk, one file a head: a line that names the format, a line of JSON, and the numbers, whose SHA-256 the
 * JSON holds. A file that is damaged in any way is removed and counts as none.
 */
export class FactorCache {
  constructor(
    private readonly folder: string,
    private readonly limit = defaultLimit,
  ) {}

  get(key: string): CausalFactor | undefined {
    const path = this.#path(key);
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

  /** Where the folder cannot be written nothing is kept: the next run takes longer, that is all. */
  set(key: string, factor: CausalFactor): void {
    const unfinished = `${this.#path(key)}.${process.pid}`;
    try {
      mkdirSync(this.folder, { recursive: true });
      write(unfinished, serialize(factor, key));
      renameSync(unfinished, this.#path(key));
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

  /** Removes all. @returns what there was */
  clear(): CacheInfo {
    const info = this.info();
    for (const { path } of this.#files()) remove(path);
    return info;
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
    return names
      .filter((name) => name.includes(suffix))
      .flatMap((name) => {
        const path = join(this.folder, name);
        const stats = statSync(path, { throwIfNoEntry: false });
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

/** @throws if anything is not as it was written */
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
    // A cache that cannot be changed is no reason to stop.
  }
}

function remove(path: string): void {
  quietly(() => {
    rmSync(path, { force: true, recursive: true });
  });
}

function digest(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex');
}

function write(path: string, parts: readonly Uint8Array[]): void {
  const file = openSync(path, 'w');
  try {
    for (const part of parts) {
      for (let done = 0; done < part.length;) done += writeSync(file, part, done);
    }
  } finally {
    closeSync(file);
  }
}
