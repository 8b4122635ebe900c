import { ModelError } from '../../errors';
import { closeSync, readSync } from 'node:fs';
import { reasonOf } from '../reasonOf';
import { openRegularFile } from './regularFile';

const windowSize = 64 * 1024;

/** Where the bytes of a file come from: the disk, unless its path is in {@link supplied}. */
export interface ByteSupplier {
  readonly size: number;
  /** Changes with the content. */
  readonly identity: string;
  /** Fills the start of `target` from `offset` on. @returns the number of bytes, 0 past the end */
  read(offset: number, target: Uint8Array): number;
  /** Announces reads, so that they can be fetched together. */
  expect?(ranges: readonly { readonly start: number; readonly end: number }[]): void;
  /** Whether only some rows may be read, because everything takes a long transfer. */
  isRowsOnly?(): boolean;
  close(): void;
}

/** Files that are not on the disk, by the path at which a model has them; see `src/model/remote/`. */
export const supplied = new Map<string, () => ByteSupplier>();

/**
 * A file read by offset, never as a whole: small nearby reads share a window, large ones go directly to the caller's buffer.
 * Synchronous, because it runs in its own process and a read takes microseconds.
 */
export class ByteSource {
  readonly size: number;
  /** Number of protobuf fields read from it; see protobufReader.ts. */
  fieldsVisited = 0;
  readonly isRemote: boolean;
  readonly #supplier: ByteSupplier;
  #window = new Uint8Array(0);
  #windowStart = 0;

  /** @param label the file's name in messages @throws ModelError if it cannot be opened */
  constructor(
    readonly path: string,
    readonly label: string,
  ) {
    this.isRemote = supplied.has(path);
    this.#supplier = supplied.get(path)?.() ?? diskFile(path, label);
    this.size = this.#supplier.size;
  }

  /** Changes with the content of the file. */
  get identity(): string {
    return this.#supplier.identity;
  }

  /** Announces reads, which a remote file fetches together. */
  expect(ranges: readonly { readonly start: number; readonly end: number }[]): void {
    this.#supplier.expect?.(ranges.filter(({ end }) => end <= this.size));
  }

  /** Whether the file is remote, and only some rows of it may be read. */
  get isRowsOnly(): boolean {
    return this.#supplier.isRowsOnly?.() ?? false;
  }

  /** The byte at `offset`. @throws ModelError past the end */
  byte(offset: number): number {
    return this.view(offset, 1)[0]!;
  }

  /** `length` bytes at `offset`, valid until the next call. @throws ModelError past the end */
  view(offset: number, length: number): Uint8Array {
    const start = offset - this.#windowStart;
    if (start >= 0 && start + length <= this.#window.length)
      return this.#window.subarray(start, start + length);
    this.#check(offset, length);
    const wanted = Math.min(Math.max(length, windowSize), this.size - offset);
    if (this.#window.length !== wanted) this.#window = new Uint8Array(wanted);
    this.read(offset, this.#window);
    this.#windowStart = offset;
    return this.#window.subarray(0, length);
  }

  /** Fills `target` from `offset` on. @throws ModelError past the end */
  read(offset: number, target: Uint8Array): void {
    this.#check(offset, target.length);
    for (let done = 0; done < target.length;) {
      const count = this.#readSome(offset + done, target.subarray(done));
      if (count === 0) throw this.truncated(offset + target.length);
      done += count;
    }
  }

  close(): void {
    this.#supplier.close();
  }

  truncated(end: number): ModelError {
    return new ModelError(
      `${this.label} ends at byte ${this.size}, but ${end} bytes are needed: the file is truncated; copy or export it again.`,
    );
  }

  #readSome(offset: number, target: Uint8Array): number {
    try {
      return this.#supplier.read(offset, target);
    } catch (error) {
      if (error instanceof ModelError) throw error;
      throw new ModelError(
        `${this.label} cannot be read at byte ${offset} (${reasonOf(error)}); check the disk, or copy the file again.`,
      );
    }
  }

  #check(offset: number, length: number): void {
    if (!(offset >= 0 && length >= 0 && offset + length <= this.size)) throw this.truncated(offset + length);
  }
}

/** @throws ModelError if it cannot be opened */
function diskFile(path: string, label: string): ByteSupplier {
  const {
    descriptor,
    stats: { size, mtimeMs },
  } = openRegularFile(path, label);
  return {
    size,
    identity: JSON.stringify([path, size, mtimeMs]),
    read: (offset, target) => readSync(descriptor, target, 0, target.length, offset),
    close: () => {
      closeSync(descriptor);
    },
  };
}
