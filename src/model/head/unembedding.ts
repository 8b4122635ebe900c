import { ModelError, UserError } from '../../errors';
import { matrix, type Matrix } from '../../geometry/matrix';
import type { ByteSource } from '../storage/byteSource';
import type { Head } from './head';
import { elementTypes } from '../storage/elementTypes';
import { RowCache } from './rowCache';
import { shown } from '../storage/refusalText';
import { WeightFiles } from './weightFiles';
import { PartReader, type StoredNumbers } from './partReader';

/** The rows of U for consecutive tokens, in the head's own layout. */
export interface HeadTile {
  readonly first: number;
  readonly tokens: number;
  readonly data: StoredNumbers;
}

/** A part with the ids of its tokens, in [first, end). */
interface PlacedPart {
  readonly reader: PartReader;
  readonly first: number;
  readonly end: number;
}

/** Reads rows of U by offset from the file, without loading the model or the whole matrix. */
export class Unembedding {
  readonly #files: WeightFiles;
  readonly #parts: readonly PlacedPart[];
  /** The file's name in messages. */
  readonly label: string;
  readonly #cache: RowCache;

  /**
   * @param file the file with the head, open
   * @throws ModelError if the weight's data is missing, outside the folder, or shorter than its shape
   */
  constructor(
    readonly head: Head,
    file: ByteSource,
    modelFolder: string,
  ) {
    this.label = file.label;
    this.#cache = new RowCache(head.hiddenSize);
    this.#files = new WeightFiles(file, modelFolder);
    try {
      let first = 0;
      this.#parts = head.parts.map((part) => {
        const reader = new PartReader(part, this.#files.open(part.weight), head.hiddenSize);
        first += part.tokens;
        return { reader, first: first - part.tokens, end: first };
      });
    } catch (error) {
      this.#files.close();
      throw error;
    }
  }

  /**
   * γ(y) for each id, `[ids, hidden]` float32, in the order of `ids`.
   *
   * @throws UserError if an id is outside the vocabulary
   * @throws ModelError if the data is truncated or contains numbers that are not finite
   */
  rows(ids: readonly number[]): Matrix {
    const { vocabSize, hiddenSize } = this.head;
    const wrong = ids.find((id) => !Number.isInteger(id) || id < 0 || id >= vocabSize);
    if (wrong !== undefined) {
      throw new UserError(`Token id ${wrong} is outside the vocabulary of ${vocabSize} tokens.`);
    }
    const data = new Float32Array(ids.length * hiddenSize);
    /** First destination of each row that is not cached. */
    const places = new Map<number, number>();
    ids.forEach((id, place) => {
      const known = this.#cache.get(id);
      if (known) data.set(known, place * hiddenSize);
      else if (!places.has(id)) places.set(id, place);
    });
    this.#read(places, data);
    ids.forEach((id, place) => {
      const first = places.get(id) ?? place;
      if (first !== place) data.copyWithin(place * hiddenSize, first * hiddenSize, (first + 1) * hiddenSize);
    });
    return matrix(ids.length, hiddenSize, data);
  }

  /**
   * γ(y) of `tokens` tokens starting at `first`, as stored: `[tokens, hidden]` or `[hidden, tokens]`, depending on the
   * head's layout. Intended for a pass over the whole head, so nothing is checked or cached.
   *
   * @param memory of an earlier tile that is no longer needed; reused if it has the right size
   * @throws ModelError if the data is cut off; UserError if the file is remote, and may not be read as a whole
   */
  tile(first: number, tokens: number, memory?: HeadTile): HeadTile {
    if (this.isRowsOnly) throw wholeHeadNeeded(this);
    const [part, ...others] = this.#partsOf(first, tokens);
    const isStoredSo = part && others.length === 0 && part.reader.part.layout === this.head.layout;
    const data = isStoredSo
      ? part.reader.stored(first - part.first, tokens, memory?.data)
      : this.#joined(first, tokens);
    return { first, tokens, data };
  }

  /** Whether the file is remote, and only some rows of it may be read. */
  get isRowsOnly(): boolean {
    return this.#files.sources.some((source) => source.isRowsOnly);
  }

  /** Whether the rows are read over the network. */
  get isRemote(): boolean {
    return this.#files.sources.some((source) => source.isRemote);
  }

  /** Identifies the content of the files that hold the head. */
  get identities(): readonly string[] {
    return this.#files.sources.map(({ identity }) => identity);
  }

  /** Number of bytes of all rows in the files. */
  get bytes(): number {
    const bits = this.head.parts.map(({ weight: { values } }) => {
      return values.rows * values.stride * elementTypes.get(values.element)!.bits;
    });
    return bits.reduce((sum, each) => sum + Math.ceil(each / 8), 0);
  }

  /** Samples of the stored bytes, spread over all of them; see PackedMatrix. @throws ModelError if they cannot be read */
  *samples(count: number, length: number): Generator<Uint8Array> {
    for (const { reader } of this.#parts)
      yield* reader.samples(Math.ceil(count / this.#parts.length), length);
  }

  close(): void {
    this.#files.close();
  }

  /**
   * Reads rows from the file, and caches them unless they are a large part of the whole.
   *
   * @param places the row of `data` for each id
   */
  #read(places: ReadonlyMap<number, number>, data: Float32Array): void {
    const { hiddenSize } = this.head;
    for (const { reader, first, end } of this.#parts) {
      const ids = [...places.keys()].filter((id) => id >= first && id < end);
      if (ids.length === 0) continue;
      reader.rows(
        ids.map((id) => id - first),
        ids.map((id) => places.get(id)!),
        data,
      );
      for (const id of ids) {
        const place = places.get(id)!;
        const row = data.subarray(place * hiddenSize, (place + 1) * hiddenSize);
        this.#refuseInfinite(id, row, reader.part.weight.values.tensor.name);
        if (places.size <= this.#cache.capacity) this.#cache.set(id, row.slice());
      }
    }
  }

  #partsOf(first: number, tokens: number): PlacedPart[] {
    return this.#parts.filter((part) => part.first < first + tokens && part.end > first);
  }

  /** A tile in the head's layout that spans several parts, or is in a part of the other layout. */
  #joined(first: number, tokens: number): Float32Array {
    const { hiddenSize, layout } = this.head;
    const data = new Float32Array(tokens * hiddenSize);
    const [step, stride] = layout === '[vocab, hidden]' ? [1, hiddenSize] : [tokens, 1];
    for (const part of this.#partsOf(first, tokens)) {
      const from = Math.max(first, part.first);
      const count = Math.min(first + tokens, part.end) - from;
      const stored = part.reader.decoded(from - part.first, count);
      const isByToken = part.reader.part.layout === '[vocab, hidden]';
      for (let t = 0; t < count; t++) {
        for (let j = 0; j < hiddenSize; j++)
          data[(from - first + t) * stride + j * step] =
            stored[isByToken ? t * hiddenSize + j : j * count + t]!;
      }
    }
    return data;
  }

  /** A single such number would make every measure of its token NaN, far from its origin. */
  #refuseInfinite(id: number, row: Float32Array, tensor: string): void {
    let at = 0;
    while (at < row.length && Number.isFinite(row[at]!)) at++;
    if (at === row.length) return;
    throw new ModelError(
      `${this.label} contains a number that is not finite for token ${id} in ${shown(tensor)}; export or copy the model again.`,
    );
  }
}

function wholeHeadNeeded({ label, bytes }: Unembedding): UserError {
  const megabytes = Math.round(bytes / 1e6).toLocaleString('en-US');
  return new UserError(
    `${label} is read over the network row by row, but this needs its whole head, ${megabytes} MB once; run “Read Whole Head from the Hub…”, or add --whole-head on the command line.`,
  );
}
