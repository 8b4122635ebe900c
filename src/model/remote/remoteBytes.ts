import type { ByteSupplier } from '../storage/byteSource';
import { BlockStore, trimRemoteCache } from './blockStore';
import type { ByteRange, RemoteFile } from './remoteCalls';
import { callHub } from './remoteThread';

/** Reads are rounded to whole blocks: eight rows of LLaMA-2-7B, so that a pair list fetches little that it does not need. */
const blockBytes = 64 * 1024;
/** One request, and one file of the cache. */
const mostBlocks = 32;
/** While a file is read from front to back, twice as many are fetched each time, up to this. */
const mostAhead = 128;
/** Of the bytes that were used last. */
const mostInMemory = 48 * 2 ** 20;

interface Piece extends ByteRange {
  bytes: Uint8Array | null;
}

/** What a remote file needs. */
export interface RemoteSource {
  readonly file: RemoteFile;
  /** Changes with the file's content. */
  readonly identity: string;
  /** Whether everything may be read, rather than some rows. */
  readonly mayReadAll: () => boolean;
}

/** The bytes of a file of the Hub, fetched when they are read, and kept on disk. */
export class RemoteBytes implements ByteSupplier {
  readonly size: number;
  readonly identity: string;
  readonly #store: BlockStore;
  /** By block; a piece covers one or several. */
  readonly #pieces = new Map<number, Piece>();
  /** The one used last comes last. */
  readonly #inMemory = new Set<Piece>();
  #bytesInMemory = 0;
  /** The block after the last one fetched, and how many were. */
  #next = 0;
  #ahead = 1;

  constructor(private readonly source: RemoteSource) {
    this.size = source.file.bytes;
    this.identity = source.identity;
    this.#store = new BlockStore(source.identity);
    this.#store.touch();
    trimRemoteCache();
    for (const range of this.#store.ranges())
      if (range.start % blockBytes === 0 && range.end <= this.size) this.#add({ ...range, bytes: null });
  }

  /** Number of bytes of the file that are on this machine. */
  get here(): number {
    const ends = [...this.#pieces.keys()].map((block) => (block + 1) * blockBytes);
    return ends.reduce((sum, end) => sum + blockBytes - Math.max(0, end - this.size), 0);
  }

  read(offset: number, target: Uint8Array): number {
    const block = Math.floor(offset / blockBytes);
    const piece = this.#pieceAt(block, Math.ceil((offset + target.length) / blockBytes));
    const bytes = this.#bytesOf(piece);
    const from = offset - piece.start;
    const count = Math.min(target.length, bytes.length - from);
    target.set(bytes.subarray(from, from + count));
    return count;
  }

  expect(ranges: readonly ByteRange[]): void {
    const blocks = new Set<number>();
    for (const { start, end } of ranges)
      for (let block = Math.floor(start / blockBytes); block * blockBytes < end; block++)
        if (!this.#pieces.has(block)) blocks.add(block);
    this.#fetch([...blocks].sort((a, b) => a - b));
  }

  isRowsOnly(): boolean {
    return !this.source.mayReadAll();
  }

  close(): void {
    this.#inMemory.clear();
    this.#pieces.clear();
  }

  /** @param end the block after the last one that is needed */
  #pieceAt(block: number, end: number): Piece {
    const known = this.#pieces.get(block);
    if (known && this.#bytesOrNull(known)) {
      // What is here already does not interrupt reading from front to back.
      const next = this.#next * blockBytes;
      if (known.start <= next && next < known.end) this.#next = Math.ceil(known.end / blockBytes);
      return known;
    }
    this.#ahead = block === this.#next ? Math.min(this.#ahead * 2, mostAhead) : 1;
    const wish = Math.min(Math.max(end, block + this.#ahead), block + mostAhead);
    const last = Math.min(wish, Math.ceil(this.size / blockBytes));
    const wanted: number[] = [];
    for (let at = block; at < last && (at === block || !this.#pieces.has(at)); at++) wanted.push(at);
    this.#fetch(wanted);
    this.#next = block + wanted.length;
    return this.#pieces.get(block)!;
  }

  #bytesOf(piece: Piece): Uint8Array {
    // Read or fetched just now.
    return this.#bytesOrNull(piece) ?? new Uint8Array(0);
  }

  /** From memory, or from the disk. `null` if it was removed there. */
  #bytesOrNull(piece: Piece): Uint8Array | null {
    piece.bytes ??= this.#store.get(piece) ?? null;
    if (piece.bytes) this.#keep(piece);
    else for (let at = piece.start; at < piece.end; at += blockBytes) this.#pieces.delete(at / blockBytes);
    return piece.bytes;
  }

  /** @param blocks in order */
  #fetch(blocks: readonly number[]): void {
    const ranges: ByteRange[] = [];
    for (const block of blocks) {
      const [start, end] = [block * blockBytes, Math.min((block + 1) * blockBytes, this.size)];
      const last = ranges.at(-1);
      if (last?.end === start && last.end - last.start < mostBlocks * blockBytes)
        ranges[ranges.length - 1] = { start: last.start, end };
      else ranges.push({ start, end });
    }
    if (ranges.length === 0) return;
    const received = callHub('ranges', { file: this.source.file, ranges });
    ranges.forEach((range, i) => {
      this.#store.set(range, received[i]!);
      this.#add({ ...range, bytes: received[i]! });
    });
  }

  #add(piece: Piece): void {
    for (let at = piece.start; at < piece.end; at += blockBytes) this.#pieces.set(at / blockBytes, piece);
    if (piece.bytes) this.#keep(piece);
  }

  #keep(piece: Piece): void {
    if (!this.#inMemory.delete(piece)) this.#bytesInMemory += piece.end - piece.start;
    this.#inMemory.add(piece);
    for (const oldest of this.#inMemory) {
      if (this.#bytesInMemory <= mostInMemory || oldest === piece) return;
      this.#bytesInMemory -= oldest.end - oldest.start;
      oldest.bytes = null;
      this.#inMemory.delete(oldest);
    }
  }
}
